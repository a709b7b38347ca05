# SPDX-License-Identifier: GPL-2.0-or-later
"""Replies in the making: what is quoted, to whom they go, where comments stand."""
