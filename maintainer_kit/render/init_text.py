# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``init`` would write, and what it says when that is done."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import NamedTuple

from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.render.init_steps import Step
from maintainer_kit.render.json_topics import envelope
from maintainer_kit.workflow.initing import MAIL, Answers, Change


class Writing(NamedTuple):
    """What would be written, or was."""

    changes: Sequence[tuple[Change, Sequence[str]]]
    """Each with the words of its command."""
    files: Sequence[str]
    """Names within the folder."""
    folder: str


def plan_text(answers: Answers, writing: Writing) -> list[str]:
    """What is answered, and what follows from it."""
    return [visible_line(line) for line in _plan_lines(answers, writing)]


def _plan_lines(answers: Answers, writing: Writing) -> Iterator[str]:
    for name, values in answers.by_name().items():
        yield f"{name:<16} {', '.join(values) or '(none)'}"
    yield f"{'mail':<16} {MAIL[answers.mail]}"
    yield ""
    if not writing.changes and not writing.files:
        yield "All of it is set already: nothing to write."
    else:
        yield "To be written:"
    for _, command in writing.changes:
        yield f"  {shlex.join(command)}"
    if writing.files:
        yield f"  {writing.folder}/: {', '.join(writing.files)}"
    if answers.backlog:
        age = count_of(answers.backlog, "day")
        yield ""
        yield f"Then topics without a mail for {age} are archived; one undo brings them back."


def next_text(steps: Sequence[Step], *, written: bool) -> list[str]:
    """The steps, numbered."""
    lines = ["", "What is left to do:" if written else "What would be left to do:"]
    for number, step in enumerate(steps, 1):
        lines += [f"{number}. {step.words}:", f"     {step.line}"]
    return [visible_line(line) for line in lines]


def init_json(
    answers: Answers, writing: Writing, steps: Sequence[Step], archived: int, *, written: bool
) -> dict[str, object]:
    """``docs/schemas/init.json``."""
    return envelope(
        settings={name: list(values) for name, values in answers.by_name().items()},
        mail=answers.mail,
        changes=[asdict(change) for change, _ in writing.changes],
        folder=writing.folder,
        files=list(writing.files),
        next=[step._asdict() for step in steps],
        archived=archived,
        written=written,
    )
