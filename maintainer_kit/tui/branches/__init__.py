# SPDX-License-Identifier: GPL-2.0-or-later
"""The screen of all branches."""
