# SPDX-License-Identifier: GPL-2.0-or-later
"""One outside thing a file: notmuch, SQLite, git, the file system."""
