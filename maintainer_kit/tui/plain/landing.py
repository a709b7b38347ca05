# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a topic landed, and judging it: commits numbered."""

from __future__ import annotations

from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.tui.actions import GENERAL, LANDING, UNDOING
from maintainer_kit.tui.base import Targets
from maintainer_kit.tui.landing.lines import LandingLine, landing_lines
from maintainer_kit.tui.landing.pair_document import PairDocument
from maintainer_kit.tui.landing.reading import read_document, read_landings
from maintainer_kit.tui.parts.themes import look_of
from maintainer_kit.tui.plain.asked import Asked
from maintainer_kit.tui.plain.deciding import DecidingPrompts
from maintainer_kit.tui.plain.prompts import PlainSession
from maintainer_kit.workflow.landing.judge import plan_judged
from maintainer_kit.workflow.reading import Detail
from maintainer_kit.workflow.targets import Target

_WIDTH = 400
"""Cells: what belongs to one patch is one line."""


class LandingPrompts(DecidingPrompts):
    """A number tells the patch beside the commit; judging is about that one."""

    PROMPT = "landed> "
    ACTIONS = LANDING + UNDOING + GENERAL

    def __init__(self, session: PlainSession, topic_id: str) -> None:
        super().__init__(session)
        self._topic_id = topic_id
        self._look = look_of("dark", {}, plain=True)
        self.detail: Detail
        self.lines: list[LandingLine] = []
        self.commits: list[LandingLine] = []
        self.at = 0
        self.reload()

    def begin(self) -> None:
        number = 0
        for one in self.lines:
            words = " ".join("".join(text for text, _ in one.pieces).split())
            if one.landing is not None:
                number += 1
                words = f"{number}. {words}"
            self.tell(words)
        if not self.commits:
            self.tell("no commit is known that it may be; mkit land looks for them")

    def reload(self) -> None:
        self.detail = read_landings(self.stores, self._topic_id)
        self.lines = landing_lines(self.detail, _WIDTH, self._look)
        self.commits = [one for one in self.lines if one.landing is not None]
        self.at = min(self.at, max(0, len(self.commits) - 1))

    def targets(self, asked: Asked) -> Targets:
        row = self.detail.row
        return Targets((Target(row, row.decidable, row.id),))

    def _line(self, asked: Asked) -> LandingLine:
        if asked.numbers:
            self._stand(asked.numbers[0])
        if not self.commits:
            raise Refused("no commit is here")
        return self.commits[self.at]

    def _stand(self, number: int) -> None:
        if not 0 < number <= len(self.commits):
            raise NotFound(f"there is no number {number}", f"1 to {len(self.commits)}")
        self.at = number - 1

    def do_judge(self, asked: Asked) -> None:
        line = self._line(asked)
        assert line.landing is not None
        is_it = bool(asked.step)
        self.decide(plan_judged(self.stores, line.message_id, line.landing.commit, is_it))

    def open(self, number: int) -> None:
        self._stand(number)
        self._tell_pair(self.commits[self.at], as_range_diff=False)

    def do_compare(self, asked: Asked) -> None:
        self._tell_pair(self._line(asked), as_range_diff=True)

    def _tell_pair(self, line: LandingLine, *, as_range_diff: bool) -> None:
        assert line.landing is not None
        found = read_document(self.stores, line.landing, as_range_diff=as_range_diff)
        for words in pair_words(found):
            self.tell(words)

    def do_item(self, asked: Asked) -> None:
        self._line(asked)
        self._stand(self.at + 1 + asked.step)
        self.open(self.at + 1)

    def do_candidate(self, asked: Asked) -> None:
        found = range(self.at + asked.step, len(self.commits) if asked.step > 0 else -1, asked.step)
        at = next((one for one in found if self.commits[one].is_candidate), None)
        if at is None:
            raise Refused("there is no candidate there")
        self.open(at + 1)


def pair_words(found: PairDocument) -> list[str]:
    """What is the same once, what is not from both sides."""
    told = []
    for row in found.rows:
        left = visible_line(row.left[1][:4000]) if row.left else None
        right = visible_line(row.right[1][:4000]) if row.right else None
        if found.is_single or (row.is_same and left is not None):
            told.append(left or "")
            continue
        told += [f"patch: {left}"] if left is not None else []
        told += [f"commit: {right}"] if right is not None else []
    return told
