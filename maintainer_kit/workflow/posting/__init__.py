# SPDX-License-Identifier: GPL-2.0-or-later
"""A branch becomes the next revision of a series, and goes to the list."""
