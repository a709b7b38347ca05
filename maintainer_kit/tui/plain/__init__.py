# SPDX-License-Identifier: GPL-2.0-or-later
"""The linear mode: the same actions as prompts, line after line, for screen readers and pipes."""
