# SPDX-License-Identifier: GPL-2.0-or-later
"""The rules, one family a file."""
