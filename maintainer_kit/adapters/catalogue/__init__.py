# SPDX-License-Identifier: GPL-2.0-or-later
"""The catalogue: SQLite tables of what mail and decisions come to."""
