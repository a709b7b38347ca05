# SPDX-License-Identifier: GPL-2.0-or-later
"""Where tests run and what is kept of them: processes, work trees, results, logs, notes."""
