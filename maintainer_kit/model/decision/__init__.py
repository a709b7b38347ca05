# SPDX-License-Identifier: GPL-2.0-or-later
"""What people decided: events, states, and their shadow in tags."""
