# SPDX-License-Identifier: GPL-2.0-or-later
"""Tests that a maintainer runs: what they are, what they print, and what that means."""
