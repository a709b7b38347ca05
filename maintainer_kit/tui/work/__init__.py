# SPDX-License-Identifier: GPL-2.0-or-later
"""What runs beside the screens: threads with stores of their own, and the watch for new mail."""
