# SPDX-License-Identifier: GPL-2.0-or-later
"""What one mail says, as facts; nothing here knows another mail."""
