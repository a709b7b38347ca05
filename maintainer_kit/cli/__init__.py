# SPDX-License-Identifier: GPL-2.0-or-later
"""The command line: one thin file a command group; the only place that prints or exits."""
