# SPDX-License-Identifier: GPL-2.0-or-later
"""Rows of the queue, and whose turn it is."""
