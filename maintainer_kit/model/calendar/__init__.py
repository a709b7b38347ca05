# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a project is in its release cycle, as far as its tags tell."""
