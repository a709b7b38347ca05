# SPDX-License-Identifier: GPL-2.0-or-later
"""Commits beside each other, and beside mailed patches."""
