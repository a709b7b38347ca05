# SPDX-License-Identifier: GPL-2.0-or-later
"""Mail that is asked for: from archives, by id, query, list, or what a topic lacks."""
