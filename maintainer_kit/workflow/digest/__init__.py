# SPDX-License-Identifier: GPL-2.0-or-later
"""What is new and waits, for who reads it once a day."""
