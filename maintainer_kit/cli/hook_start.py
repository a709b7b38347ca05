# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit hooks run NAME``, without what only people at a command line need: git waits for it."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from maintainer_kit.cli.hook_runs import run_hook

_INTERRUPTED = 130
_SHORT = ("commit-msg", "prepare-commit-msg")


def start_hook(argv: Sequence[str]) -> int:
    """Run a hook; the exit code. ``argv`` begins with the hook's name."""
    if argv[0] in _SHORT:
        gc.disable()  # a tenth of its time went into looking for garbage that nobody misses
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        return run_hook(argv[0], argv[1:])
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception:
        # Reported as every bug is.
        from maintainer_kit.cli.main import report_bug

        return report_bug()
