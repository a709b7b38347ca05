# SPDX-License-Identifier: GPL-2.0-or-later
"""A patch as text: its diff and what identifies it."""
