# SPDX-License-Identifier: GPL-2.0-or-later
"""Widgets and cells that the screens are made of."""
