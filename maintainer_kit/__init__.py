# SPDX-License-Identifier: GPL-2.0-or-later
"""maintainer-kit: no patch lost, whose turn it is always visible."""

__version__ = "0.1.0"
