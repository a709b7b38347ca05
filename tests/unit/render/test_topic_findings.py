# SPDX-License-Identifier: GPL-2.0-or-later
"""What was found, in the queue and in the topic."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.checks.finding import WHOLE, Finding, Place, Severity
from maintainer_kit.model.queue.making import make_row
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.render.json_topics import row_json
from maintainer_kit.render.queue_text import queue_text
from maintainer_kit.render.topic_findings import (
    count_findings,
    finding_sign,
    findings_text,
    mail_sign,
    summary_text,
)
from tests.build import ME, posting, topic

NOW = 1_770_000_000


def row(**counts: int) -> TopicRow:
    found = tuple((name, counts.get(name, 0)) for name in ("error", "warning", "info"))
    return replace(make_row(topic(*posting("foo", 1)), ME, {}), findings=found)


def finding(severity: Severity, message: str = "it is so") -> Finding:
    return Finding("some-rule", severity, message, WHOLE, Place(None, None, ""), "a@x", None, "t")


@pytest.mark.parametrize(
    ("counts", "sign"),
    [
        ({}, ""),
        ({"info": 7}, ""),
        ({"warning": 3, "info": 1}, "w3"),
        ({"error": 1, "warning": 3}, "e1"),
        ({"error": 4000}, "e99"),
    ],
)
def test_the_sign_tells_the_weightiest(counts: dict[str, int], sign: str) -> None:
    assert finding_sign(row(**counts)) == sign


def test_the_column_is_there_only_for_something_to_show() -> None:
    plain = replace(row(), findings=None)
    without = list(queue_text([plain], NOW, 120))
    assert list(queue_text([row(info=2)], NOW, 120)) == without
    shown = list(queue_text([row(warning=2), plain], NOW, 120))
    assert [" w2 " in line for line in shown[1:]] == [True, False]
    for width in (60, 80, 120):
        assert all(len(line) <= max(width, 80) for line in queue_text([row(error=1)], NOW, width))


def test_nothing_found_is_not_nobody_asked() -> None:
    nothing = {"error": 0, "warning": 0, "info": 0}
    for found, checked in ((row(), True), (replace(row(), findings=None), False)):
        value = row_json(found)
        assert (value["findings"], value["checked"]) == (nothing, checked)
    assert row_json(row(error=2, info=1))["findings"] == {**nothing, "error": 2, "info": 1}


def test_the_head_of_a_topic() -> None:
    found = {"a@x": [finding(Severity.ERROR), finding(Severity.INFO)], "b@x": []}
    assert dict(count_findings(found)) == {"error": 1, "warning": 0, "info": 1}
    assert list(summary_text(found)) == ["  findings   1 error, 1 info"]
    assert list(summary_text({"a@x": []})) == list(summary_text(None)) == []
    assert mail_sign(found["a@x"]) == "e1"
    assert mail_sign([]) == ""


def test_text_of_a_mail_cannot_reach_the_terminal() -> None:
    (line,) = findings_text([finding(Severity.WARNING, "red \x1b[31m\nand \udcff")], "  ")
    assert line.startswith("  warning: red ")
    assert line.endswith("[some-rule]")
    assert "\x1b" not in line and "\n" not in line
    line.encode()
