# SPDX-License-Identifier: GPL-2.0-or-later
"""Replies: drafted line by line or in an editor, shown, and sent once."""
