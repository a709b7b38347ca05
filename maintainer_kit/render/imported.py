# SPDX-License-Identifier: GPL-2.0-or-later
"""What an import found, in JSON and in lines; whatever brought the mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.workflow.importing import ImportReport


def imported_json(report: ImportReport) -> dict[str, Any]:
    """The fields that ``import`` and ``pull`` have in common."""
    return {
        "messages": report.messages,
        "new": report.new,
        "duplicates": report.duplicates,
        "variants": report.variants,
        "broken": [
            {"path": one.path, "offset": one.offset, "reason": one.reason} for one in report.broken
        ],
    }


def broken_lines(report: ImportReport) -> Iterator[str]:
    """Each mail that could not be taken in, with the reason."""
    for one in report.broken:
        yield f"broken: {visible_line(one.path)} at byte {one.offset}: {one.reason}"
