# SPDX-License-Identifier: GPL-2.0-or-later
"""Replies: comments on lines, the editor, what will be sent, the drafts."""
