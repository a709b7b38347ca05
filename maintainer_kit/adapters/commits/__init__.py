# SPDX-License-Identifier: GPL-2.0-or-later
"""The index of commits: fingerprints of what branches hold."""
