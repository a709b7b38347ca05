# SPDX-License-Identifier: GPL-2.0-or-later
"""Journals of several machines in refs of a git repository."""
