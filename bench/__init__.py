# SPDX-License-Identifier: GPL-2.0-or-later
"""Measurements that anyone can run; never part of the tests."""
