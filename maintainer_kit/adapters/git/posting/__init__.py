# SPDX-License-Identifier: GPL-2.0-or-later
"""A branch as a series that is posted: its commits, cover letter and patch files."""
