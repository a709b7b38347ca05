# SPDX-License-Identifier: GPL-2.0-or-later
"""Facts: frozen dataclasses and pure functions over mail. No I/O."""
