# SPDX-License-Identifier: GPL-2.0-or-later
"""Ask other checkers about what ours have looked at, and put their findings beside ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from maintainer_kit.checks.catalogue import all_rules
from maintainer_kit.checks.engine import in_order
from maintainer_kit.checks.finding import Finding
from maintainer_kit.checks.foreign import Said, Subject, Tool, covered_by, findings
from maintainer_kit.checks.patch_text import write_text
from maintainer_kit.checks.report import Checked, Unchecked
from maintainer_kit.workflow.check import Judge

_MOST_BYTES = 8 << 20


@dataclass(frozen=True, slots=True)
class Question:
    """One patch for one tool."""

    tool: Tool
    text: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one call of a tool."""

    tool: Tool
    asked: tuple[int, ...]
    """Numbers of the questions that the call was about."""
    said: tuple[tuple[int | None, Said], ...]
    """Each with the number of its question; None where the tool does not tell which."""
    problem: str = ""
    """Why the tool could not answer, in words; told once for each tool."""


class Asking(Protocol):
    """Runs tools."""

    def ask(self, questions: Sequence[Question]) -> Iterator[Answer]: ...


Judged = tuple[Judge, Checked]


class Progress(Protocol):
    """Is told how many of the questions are answered."""

    def __call__(self, done: int, total: int) -> None: ...


def ask_tools(
    judged: Sequence[Judged],
    tools: Sequence[Tool],
    asking: Asking,
    progress: Progress = lambda done, total: None,
) -> tuple[list[Judged], list[Unchecked]]:
    """What our rules found and what the tools found, in one order; and which tools failed."""
    round_ = _Round(judged, tools)
    done = 0
    for answer in asking.ask(round_.questions):
        round_.take(answer)
        done += len(answer.asked)
        progress(done, len(round_.questions))
    return round_.merged(), round_.problems


@dataclass(frozen=True, slots=True)
class _Asked:
    """To which patch a question belongs."""

    place: int
    """Index of its series among the judged ones."""
    subject: Subject


class _Round:
    """One round of questions to all tools."""

    def __init__(self, judged: Sequence[Judged], tools: Sequence[Tool]) -> None:
        self.questions: list[Question] = []
        self.problems: list[Unchecked] = []
        self._judged = judged
        self._asked: list[_Asked] = []
        self._covered = covered_by(all_rules())
        self._found: dict[int, list[Finding]] = {}
        count = sum(len(checked.series.all) for _, checked in judged)
        asked = [one for one in tools if one.is_asked_about(count)]
        for place, one in enumerate(judged):
            self._prepare(place, one, asked)

    def _prepare(self, place: int, judged: Judged, tools: Sequence[Tool]) -> None:
        judge, checked = judged
        fitting = [one for one in tools if one.fits(judge.profile)]
        for at, patch in enumerate(checked.series.all if fitting else ()):
            ours = [one for one in checked.findings if one.at == at]
            text = write_text(patch)
            subject = Subject(patch, at, text, judge.profile, ours)
            if len(patch.diff_text) > _MOST_BYTES:
                reason = "is too large for other checkers; ours have looked at it"
                self.problems.append(Unchecked(patch.path or patch.title, reason))
                continue
            for tool in fitting:
                if tool.takes(patch):
                    self.questions.append(Question(tool, tool.input(text)))
                    self._asked.append(_Asked(place, subject))

    def take(self, answer: Answer) -> None:
        """Make findings of what a tool said."""
        if answer.problem:
            self.problems.append(Unchecked(answer.tool.name, answer.problem))
        by_question: dict[int, list[Said]] = {}
        for number, said in answer.said:
            for one in answer.asked if number is None else (number,):
                if number is not None or self._names(one, said):
                    by_question.setdefault(one, []).append(said)
        for number, listed in by_question.items():
            asked = self._asked[number]
            new = findings(answer.tool, asked.subject, listed, self._covered)
            self._found.setdefault(asked.place, []).extend(new)

    def _names(self, number: int, said: Said) -> bool:
        """Whether a tool names a file that the patch changes."""
        return said.file.removeprefix("./") in self._asked[number].subject.patch.paths

    def merged(self) -> list[Judged]:
        return [
            (judge, self._with(place, checked))
            for place, (judge, checked) in enumerate(self._judged)
        ]

    def _with(self, place: int, checked: Checked) -> Checked:
        new = self._found.get(place)
        if not new:
            return checked
        return replace(checked, findings=tuple(in_order((*checked.findings, *new))))
