# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit``, and ``python -m maintainer_kit``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and exit with its code."""
    from maintainer_kit.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
