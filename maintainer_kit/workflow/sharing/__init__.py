# SPDX-License-Identifier: GPL-2.0-or-later
"""Decisions between machines: each one's own, and the union of all."""
