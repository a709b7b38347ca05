# SPDX-License-Identifier: GPL-2.0-or-later
"""Two revisions, or mail and commits, told apart."""
