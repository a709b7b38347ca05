# SPDX-License-Identifier: GPL-2.0-or-later
"""What landed: a patch beside the commit that may be it."""
