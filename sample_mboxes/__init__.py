# SPDX-License-Identifier: GPL-2.0-or-later
"""Sample mail, and the generator that writes it."""
