# SPDX-License-Identifier: GPL-2.0-or-later
"""Backports: commits of upstream are picked onto an older branch, or it is told why not."""
