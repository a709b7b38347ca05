# SPDX-License-Identifier: GPL-2.0-or-later
"""Commits tested by the configurations of the settings, each result once and for all."""
