# SPDX-License-Identifier: GPL-2.0-or-later
"""What was looked over, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.render.envelope import Json
from maintainer_kit.workflow.audit import Audit, Verdict

_SIGNS = {
    Verdict.GOOD: "ok",
    Verdict.TOLD: "note",
    Verdict.UNKNOWN: "?",
    Verdict.FAILED: "FAIL",
}
_NAME, _SIGN = 10, 5


def audit_lines(audits: Sequence[Audit]) -> Iterator[str]:
    """A line each, with what it is about below."""
    for one in audits:
        yield f"{one.name:<{_NAME}} {_SIGNS[one.verdict]:<{_SIGN}} {visible_line(one.words)}"
        for line in one.details:
            yield f"{'':{_NAME + _SIGN + 2}}{visible_line(line)}"


def audit_json(one: Audit) -> Json:
    return {
        "name": one.name,
        "verdict": one.verdict.value,
        "words": one.words,
        "details": list(one.details),
    }
