# SPDX-License-Identifier: GPL-2.0-or-later
"""One verb a file. Sees the outside only through the protocols of ports.py."""
