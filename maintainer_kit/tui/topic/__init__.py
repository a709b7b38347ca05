# SPDX-License-Identifier: GPL-2.0-or-later
"""The second screen: one topic, its outline and its mail."""
