# SPDX-License-Identifier: GPL-2.0-or-later
"""lei: searches that it repeats, and where their mail lands."""
