# SPDX-License-Identifier: GPL-2.0-or-later
"""Thanks: authors are told what of their patches was applied, where, and as what."""
