# SPDX-License-Identifier: GPL-2.0-or-later
"""Mail as files: Maildir, mbox, single mails, and what is delivered."""
