# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes the sample mail from the plain-text scripts beside it, the same bytes every time."""
