# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit serve``: HTTP on loopback."""
