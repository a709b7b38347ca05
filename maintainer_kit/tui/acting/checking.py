# SPDX-License-Identifier: GPL-2.0-or-later
"""What a check of one topic found, laid out in lines of which each knows its mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING

from maintainer_kit.checks.finding import Part
from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.tui.work.works import Work
from maintainer_kit.wiring.workspace import Workspace

if TYPE_CHECKING:  # not before somebody asks
    from maintainer_kit.checks.finding import Finding
    from maintainer_kit.checks.report import Checked

_INDENT = 2
_LEAST = 40
_UNTOLD = ("Content-Type", "Content-Transfer-Encoding", "MIME-Version")
_LINES = (Part.BODY, Part.NOTES, Part.DIFF)
_UNPLACED = (Part.WHOLE, Part.SUBJECT, Part.HEADER)
"""Said by the words, or standing above."""


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One line of the page."""

    text: str
    style: str
    """A severity, ``title``, ``quiet``, or none."""
    message_id: str
    """The mail that it speaks of; empty where it can be of none."""
    line: str = ""
    """The text of the mail's line that it is about; empty where it is about more."""
    is_head: bool = False
    """Whether a finding, or a patch, begins here: where the cursor can stand."""


@dataclass(frozen=True, slots=True)
class Examined:
    """One topic, checked."""

    topic_id: str
    title: str
    lines: tuple[FoundLine, ...]
    reply: str
    """The drafted mail to its author as text; empty where there is none."""
    no_reply: str


def examine_topic(workspace: Workspace, work: Work, topic_id: str, width: int) -> Examined:
    """Check a topic as ``mkit check`` does, in lines of ``width`` cells. Raises NotFound where it
    has no patches."""
    from maintainer_kit.wiring.topic_check import check_topic

    work.say("reading")
    found = check_topic(workspace.stores, topic_id)
    lines = tuple(_lines(found.checked, max(_LEAST, width)))
    number = count_of(len(found.checked.findings), "finding")
    reply = _as_text(found.reply) if found.reply else ""
    title = f"{topic_id[:6]}: {number} (profile {visible_line(found.profile)})"
    return Examined(topic_id, title, lines, reply, found.no_reply)


def _as_text(raw: bytes) -> str:
    """A mail as one reads it: what matters of its head, decoded, and its text."""
    mail = message_from_bytes(raw, policy=default)
    heads = [f"{name}: {value}" for name, value in mail.items() if name not in _UNTOLD]
    body = mail.get_body()
    text = body.get_content() if body else ""
    return "\n".join([*heads, "", text])


def _lines(checked: Checked, width: int) -> Iterator[FoundLine]:
    if not checked.findings:
        yield FoundLine("nothing to say", "quiet", "")
    for at, found in groupby(checked.findings, key=lambda one: one.at):
        patch = checked.series.all[at]
        message_id = patch.message_id or ""
        yield FoundLine(visible_line(patch.title_line), "title", message_id, is_head=True)
        for finding in found:
            yield from _finding(finding, message_id, width - _INDENT)
        yield FoundLine("", "", "")


def _finding(finding: Finding, message_id: str, width: int) -> Iterator[FoundLine]:
    """What is wrong and where, then the line itself and how it is mended."""
    from maintainer_kit.render.findings_text import finding_lines

    said = f"{_place(finding)}{finding.severity.value}: {finding.message} [{finding.rule}]"
    style = finding.severity.value
    spoken = finding.place.text if finding.spot.part in _LINES else ""
    texts = wrap(visible_line(said), width, break_on_hyphens=False)
    for number, text in enumerate(texts):
        yield FoundLine(" " * _INDENT + text, style, message_id, spoken, is_head=number == 0)
    _, *rest = finding_lines(finding, width=width)
    for line in rest:
        yield FoundLine(" " * _INDENT + visible_line(line.text), line.style, message_id)


def _place(finding: Finding) -> str:
    """Where in the mail, which stands above."""
    place, spot = finding.place, finding.spot
    if place.source_path and place.source_line:
        return f"{place.source_path}:{place.source_line}: "
    return "" if spot.part in _UNPLACED else f"{spot.part.value} line {spot.index + 1}: "
