# SPDX-License-Identifier: GPL-2.0-or-later
"""Topics as quilt series, and back (quilt(1))."""
