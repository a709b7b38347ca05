# SPDX-License-Identifier: GPL-2.0-or-later
"""Pull requests: one's own, looked over and sent; others', compared, merged and thanked for."""
