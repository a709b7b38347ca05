# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit``, and ``python -m maintainer_kit``."""

from __future__ import annotations

import os
import sys

_HOOK = ["hooks", "run"]


def main() -> None:
    """Run the command line and exit with its code."""
    if sys.argv[1:3] == _HOOK and len(sys.argv) > 3 and not sys.argv[3].startswith("-"):
        from maintainer_kit.cli.hook_start import start_hook

        sys.exit(start_hook(sys.argv[3:]))
    if sys.argv[1:2] == ["deliver"] and not {"--help", "-h"}.intersection(sys.argv):
        _deliver(sys.argv[2:])
    from maintainer_kit.cli.main import run

    sys.exit(run(sys.argv[1:]))


def _deliver(argv: list[str]) -> None:
    """Whatever happens, even to our own files: 0 or 75, and no other code."""
    code = os.EX_TEMPFAIL
    try:
        from maintainer_kit.cli.deliver_start import start_deliver

        code = start_deliver(argv)
    finally:
        # Nothing is left to flush or to close; an end by exception would have a code of its own.
        os._exit(code)


if __name__ == "__main__":
    main()
