# SPDX-License-Identifier: GPL-2.0-or-later
"""The first screen: the queue, its views and its search."""
