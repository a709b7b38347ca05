# SPDX-License-Identifier: GPL-2.0-or-later
"""Expressions that choose topics: our own terms mixed with notmuch's, and named ones (views)."""
