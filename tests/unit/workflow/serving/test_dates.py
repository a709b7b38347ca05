# SPDX-License-Identifier: GPL-2.0-or-later
"""Spans of time in queries of archives."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from maintainer_kit.errors import Refused
from maintainer_kit.workflow.serving.dates import Span, read_span


def at(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp())  # type: ignore[arg-type, misc]


NOW = at(2026, 1, 5, 9)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("20240101..20240131", (at(2024, 1, 1), at(2024, 2, 1) - 1)),
        ("20240229", (at(2024, 2, 29), at(2024, 3, 1) - 1)),
        ("..20240101", (None, at(2024, 1, 2) - 1)),
        ("2024-02-01..", (at(2024, 2, 1), None)),
        ("2024..", (at(2024, 1, 1), None)),
        ("..2024", (None, at(2025, 1, 1) - 1)),
        ("..202402", (None, at(2024, 3, 1) - 1)),
        ("20240101120000..20240101120005", (at(2024, 1, 1, 12), at(2024, 1, 1, 12, 0, 5))),
        ("202401011200", (at(2024, 1, 1, 12), at(2024, 1, 1, 12, 0, 59))),
        ("1704067200..", (1704067200, None)),
        ("2.days.ago..", (NOW - 2 * 86400, None)),
        ("..1.week.ago", (None, NOW - 7 * 86400)),
        ("yesterday", (at(2026, 1, 4), at(2026, 1, 5) - 1)),
        ("today..now", (at(2026, 1, 5), NOW)),
        ("..", (None, None)),
    ],
)
def test_a_span(text: str, span: Span) -> None:
    assert read_span(text, NOW) == span


@pytest.mark.parametrize(
    "text",
    ["", "soon..", "20241301..", "..20240230", "2024-1-99", "1..2", "\u0662\u0660\u0662\u0664"],
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(Refused):
        read_span(text, NOW)
