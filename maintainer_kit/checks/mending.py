# SPDX-License-Identifier: GPL-2.0-or-later
"""What is mechanical about findings, mended: edits put together, made, and looked at again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Protocol, Self, TypeVar

from maintainer_kit.checks.finding import Edit, Finding, Fix, Part
from maintainer_kit.checks.harm import harm
from maintainer_kit.checks.patch import Patch
from maintainer_kit.model.message.subject import parse_subject

_MOST_ROUNDS = 15
_MOST_RESTARTS = 2
_USELESS = "saving it as plain text does not mend it"
_CIRCLE = "another fix would undo it"
_ENDLESS = "mending it never comes to an end"


class CannotMend(Exception):
    """A fix that cannot be made here; says why, in words that go on after a colon."""


class NotInPlace(CannotMend):
    """What is to be changed does not stand in the bytes as it reads: they have to be saved as plain
    text first."""


class Draft(Protocol):
    """Something that can be written anew: a patch file, the message of a commit."""

    @property
    def patch(self) -> Patch:
        """What it reads as."""

    @property
    def content(self) -> Hashable:
        """All that is kept of it: equal contents are equal drafts."""

    def edited(self, edits: Sequence[Edit]) -> Self:
        """With lines replaced; raises CannotMend."""

    def resaved(self) -> Self:
        """Written as plain text in UTF-8; raises CannotMend."""


D = TypeVar("D", bound=Draft)


@dataclass(frozen=True, slots=True)
class Left:
    """A mechanical fix that was not made."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mended(Generic[D]):
    """A draft after its mechanical findings were mended."""

    draft: D
    rules: tuple[str, ...]
    """Whose findings were mended, in order."""
    left: tuple[Left, ...]

    @property
    def patch(self) -> Patch:
        return self.draft.patch


Find = Callable[[Sequence[Patch]], Sequence[Finding]]
"""Checks the patches of a series; ``Finding.at`` counts in what it was given."""


def mend_drafts(drafts: Sequence[D], find: Find) -> list[Mended[D]]:
    """Mend the drafts of one series until nothing mechanical is found: one fix may make room for
    another. Fixes that do harm, undo each other or never end are not made."""
    works = [_Work(one) for one in drafts]
    findings: Sequence[Finding] = ()
    for _ in range(1 + _MOST_RESTARTS):
        for _ in range(_MOST_ROUNDS):
            findings = find([one.draft.patch for one in works])
            moved = [one for at, one in enumerate(works) if one.step(_of(findings, at))]
            if not moved:
                return [one.result(_of(findings, at)) for at, one in enumerate(works)]
        for one in moved:
            one.restart()
    for one in moved:
        one.give_up()
    findings = find([one.draft.patch for one in works])
    return [one.result(_of(findings, at)) for at, one in enumerate(works)]


def _of(findings: Iterable[Finding], at: int) -> list[Finding]:
    return [one for one in findings if one.at == at and one.fix and one.fix.is_mechanical]


class _Work(Generic[D]):
    """One draft, and what was tried with it."""

    def __init__(self, draft: D) -> None:
        self.draft = draft
        self._first = draft
        self._used: dict[str, None] = {}
        self._refused: dict[tuple[str, tuple[Edit, ...]], str] = {}
        self._banned: dict[str, str] = {}
        self._last: tuple[str, ...] = ()
        self._seen = {draft.content}
        self._resaved: tuple[D, frozenset[str]] | None = None
        """What was there before it was saved anew, and the rules that asked for it."""

    def step(self, findings: Sequence[Finding]) -> bool:
        """Mend what can be mended at once; whether anything changed."""
        if self._resaved and not self._judge_resaving(findings):
            return True
        todo = [one for one in findings if not self._why_not(one)]
        if resaves := [one for one in todo if _fix(one).resave]:
            rules = frozenset(one.rule for one in resaves)
            if self._resave(rules):
                return True
            todo = [one for one in todo if one.rule not in rules]
        chosen = _compatible(todo)
        if len(chosen) > 1 and self._try(chosen):
            return True
        # One of them stands in the way.
        return any(self._try([one]) for one in chosen)

    def result(self, findings: Sequence[Finding]) -> Mended[D]:
        """What came of it, by what is found at the end."""
        reasons = {one.rule: self._why_not(one) for one in findings}
        left = tuple(Left(rule, reason) for rule, reason in reasons.items() if reason)
        rules = tuple(rule for rule in self._used if rule not in reasons)
        return Mended(self.draft, rules, left)

    def restart(self) -> None:
        """Begin again, without the rules that went on and on."""
        self._banned.update(dict.fromkeys(self._last, _ENDLESS))
        self.draft, self._resaved = self._first, None
        self._used, self._seen = {}, {self._first.content}

    def give_up(self) -> None:
        """Leave it as it was."""
        self.draft, self._used = self._first, {}

    def _why_not(self, finding: Finding) -> str:
        refused = self._refused.get((finding.rule, _fix(finding).edits), "")
        return refused or self._banned.get(finding.rule, "")

    def _try(self, findings: Sequence[Finding]) -> bool:
        edits = tuple(dict.fromkeys(edit for one in findings for edit in _fix(one).edits))
        rules = frozenset(one.rule for one in findings)
        try:
            draft = self.draft.edited(edits)
        except NotInPlace as error:
            return len(findings) == 1 and (
                self._resave(frozenset()) or self._refuse(findings, str(error))
            )
        except CannotMend as error:
            return self._refuse(findings, str(error))
        expected = apply_edits(self.draft.patch, edits)
        reason = harm(self.draft.patch, draft.patch, expected, edits)
        if reason or draft.content in self._seen:
            return self._refuse(findings, reason or _CIRCLE)
        self._accept(draft, rules)
        return True

    def _accept(self, draft: D, rules: frozenset[str]) -> None:
        self.draft = draft
        self._seen.add(draft.content)
        self._last = tuple(rules)
        self._used.update(dict.fromkeys(sorted(rules)))

    def _refuse(self, findings: Sequence[Finding], reason: str) -> bool:
        """Of several together nobody can say which is to blame."""
        if len(findings) == 1:
            self._refused[findings[0].rule, _fix(findings[0]).edits] = reason
        return False

    def _resave(self, rules: frozenset[str]) -> bool:
        try:
            draft = self.draft.resaved()
            reason = harm(self.draft.patch, draft.patch, None, ())
        except CannotMend as error:
            reason = str(error)
        if not reason and draft.content in self._seen:
            reason = _USELESS
        if reason:
            self._banned.update(dict.fromkeys(rules, reason))
            return False
        self._resaved = (self.draft, rules) if rules else None
        self.draft = draft
        self._seen.add(draft.content)
        return True

    def _judge_resaving(self, findings: Sequence[Finding]) -> bool:
        """Whether it helped any of the rules that asked for it; else it is taken back."""
        assert self._resaved is not None
        before, rules = self._resaved
        self._resaved = None
        still = {one.rule for one in findings if _fix(one).resave} & rules
        self._banned.update(dict.fromkeys(still, _USELESS))
        self._used.update(dict.fromkeys(sorted(rules - still)))
        if still == rules:
            self.draft = before
        return still != rules


def _fix(finding: Finding) -> Fix:
    assert finding.fix is not None
    return finding.fix


def _compatible(findings: Iterable[Finding]) -> list[Finding]:
    """Findings whose edits do not meet; the first one has its way, and may be said twice."""
    taken: set[Edit] = set()
    lines: set[tuple[Part, int]] = set()
    found: list[Finding] = []
    for finding in findings:
        edits = _fix(finding).edits
        new = [one for one in edits if one not in taken]
        touched = {place for one in new for place in _places(one)}
        if edits and lines.isdisjoint(touched):
            taken.update(new)
            lines |= touched
            found.append(finding)
    return found


def _places(edit: Edit) -> Iterator[tuple[Part, int]]:
    """The lines that an edit replaces, or in front of which it puts new ones."""
    for at in range(edit.first, edit.first + max(1, edit.count)):
        yield edit.part, at


def apply_edits(patch: Patch, edits: Iterable[Edit]) -> Patch:
    """The patch as it would read with edits made that do not meet; ``raw`` and the places are still
    those of before."""
    parts: dict[Part, list[str]] = {}
    for edit in sorted(edits, key=lambda one: one.first, reverse=True):
        lines = parts.setdefault(edit.part, list(lines_of(patch, edit.part)))
        lines[edit.first : edit.first + edit.count] = edit.lines
    if not parts:
        return patch
    title = parts.get(Part.SUBJECT, [patch.title_line])[0]
    return replace(
        patch,
        title_line=title,
        subject=patch.subject if title == patch.title_line else parse_subject(title),
        body=tuple(parts.get(Part.BODY, patch.body)),
        notes=tuple(parts.get(Part.NOTES, patch.notes)),
        diff_text="\n".join(parts[Part.DIFF]) if Part.DIFF in parts else patch.diff_text,
    )


def lines_of(patch: Patch, part: Part) -> Sequence[str]:
    """The lines of a part, as edits count them."""
    match part:
        case Part.SUBJECT:
            return (patch.title_line,)
        case Part.BODY:
            return patch.body
        case Part.NOTES:
            return patch.notes
        case _:
            return patch.diff_lines


@dataclass(frozen=True, slots=True)
class _Parts:
    """A draft that is nothing but what was read."""

    patch: Patch

    @property
    def content(self) -> Hashable:
        patch = self.patch
        return patch.title_line, patch.body, patch.notes, patch.diff_text

    def edited(self, edits: Sequence[Edit]) -> _Parts:
        return _Parts(apply_edits(self.patch, edits))

    def resaved(self) -> _Parts:
        raise CannotMend("there is no file")


def mend(patch: Patch, find: Callable[[Patch], Sequence[Finding]]) -> Mended[_Parts]:
    """Mend one patch that is not written anywhere."""
    return mend_drafts([_Parts(patch)], lambda patches: find(patches[0]))[0]
