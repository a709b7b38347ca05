# SPDX-License-Identifier: GPL-2.0-or-later
"""What one is asked to pull, and asks others to: tags, fetching, merges that are tried and made."""
