# SPDX-License-Identifier: GPL-2.0-or-later
"""What a set of mails amounts to: series, revisions, topics."""
