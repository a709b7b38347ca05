# SPDX-License-Identifier: GPL-2.0-or-later
"""Patches applied and commits picked in work trees of ours; conflicts and their solutions."""
