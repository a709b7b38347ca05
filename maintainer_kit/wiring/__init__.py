# SPDX-License-Identifier: GPL-2.0-or-later
"""Builds the adapters and hands them to workflow; nothing else does."""
