# SPDX-License-Identifier: GPL-2.0-or-later
"""What a module states when it is imported, worked out when it is used first: a hook is short."""
