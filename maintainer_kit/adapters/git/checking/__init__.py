# SPDX-License-Identifier: GPL-2.0-or-later
"""What checks and hooks ask: facts, drafts of commits, what may be rewritten, what is pushed."""
