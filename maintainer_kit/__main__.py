# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit``, and ``python -m maintainer_kit``."""

from __future__ import annotations

import sys

_HOOK = ["hooks", "run"]


def main() -> None:
    """Run the command line and exit with its code."""
    if sys.argv[1:3] == _HOOK and len(sys.argv) > 3 and not sys.argv[3].startswith("-"):
        from maintainer_kit.cli.hook_start import start_hook

        sys.exit(start_hook(sys.argv[3:]))
    from maintainer_kit.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
