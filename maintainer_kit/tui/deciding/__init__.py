# SPDX-License-Identifier: GPL-2.0-or-later
"""Decisions: what a key does to what is under the cursor, and the menus that ask."""
