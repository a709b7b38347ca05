# SPDX-License-Identifier: GPL-2.0-or-later
"""Command line: `python -m sample_mboxes.generator [DIRECTORY]`."""

from __future__ import annotations

import sys
from pathlib import Path

from sample_mboxes.generator.produce import produce


def main(argv: list[str]) -> int:
    """Write every file into DIRECTORY; by default where they are committed."""
    target = Path(argv[1]) if len(argv) > 1 else Path(__file__).parents[1]
    target.mkdir(parents=True, exist_ok=True)
    for name, content in produce().items():
        (target / name).write_bytes(content)
        print(f"{len(content):9d}  {name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv))
