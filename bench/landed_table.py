# SPDX-License-Identifier: GPL-2.0-or-later
"""A table of patch mails and the commits that they became."""

from __future__ import annotations

import csv
from pathlib import Path


def read_landed(path: Path) -> dict[str, str]:
    """By Message-ID the commit, abbreviated, and the tier: ``94f5a27f7b38 (near)``."""
    with path.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {row["message_id"]: f"{row['commit'][:12]} ({row['tier']})" for row in rows}
