# SPDX-License-Identifier: GPL-2.0-or-later
"""Actions that decide nothing, or need more than one key for it: archive, links, checks, mail."""
