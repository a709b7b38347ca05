# SPDX-License-Identifier: GPL-2.0-or-later
"""What is kept in files of the home: jobs under way, drafts, records, marks."""
