# SPDX-License-Identifier: GPL-2.0-or-later
"""Other checkers: what they are, and what they say as findings beside ours."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cached_property

from maintainer_kit.checks.finding import WHOLE, Finding, Part, Severity, Spot
from maintainer_kit.checks.patch import Origin, Patch, Role
from maintainer_kit.checks.patch_text import PatchText
from maintainer_kit.checks.profile import Profile, Setting
from maintainer_kit.checks.rule import Rule

_FEW = 200
"""Patches up to which tools are run that nobody asked for."""
_MOST_FINDINGS = 200
"""Of one tool about one patch."""


class Form(StrEnum):
    """How a tool is called, and what it prints."""

    CHECKPATCH = "checkpatch"
    CODESPELL = "codespell"
    COMMON = "common"
    """``FILE:LINE: [SEVERITY:] MESSAGE [ID]``, as compilers and many linters have it."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that checks patches."""

    name: str
    """What its findings are called by: ``name/TYPE``."""
    argv: tuple[str, ...]
    form: Form
    is_asked: bool = True
    """The user wants it; else it was found, and is run where that costs little."""
    from_stdin: bool = False
    """It reads one patch from its standard input; else it takes files, many at once."""
    folder: str = ""
    """Where it is run; empty for a private folder, in which nobody can have put a configuration."""
    profiles: frozenset[str] = frozenset()
    """For whose conventions it was written; empty where for anybody's."""

    def fits(self, profile: Profile) -> bool:
        return not self.profiles or not self.profiles.isdisjoint(profile.lineage)

    def is_asked_about(self, count: int) -> bool:
        """Whether it is run on so many patches."""
        return self.is_asked or count <= _FEW

    def takes(self, patch: Patch) -> bool:
        """Whether it can say anything of that: a spelling checker reads cover letters too."""
        if self.form is Form.CODESPELL:
            return patch.role is not Role.OTHER
        return patch.role is Role.PATCH and bool(patch.diff_text)

    def input(self, text: PatchText) -> bytes:
        """What it is given to read."""
        return text.prose if self.form is Form.CODESPELL else text.whole


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a tool's output."""

    file: str
    """The changed file that it speaks of; empty where that is the text it was given."""
    line: int
    """From 1; 0 where it names none."""
    kind: str
    """The TYPE, or what stands in its place."""
    severity: Severity
    message: str
    word: str = ""
    """What of the line is meant."""


Covered = Callable[[str, Part], bool]
"""Whether a rule of ours says the same of that part of a patch."""


def covered_by(rules: Iterable[Rule]) -> Covered:
    """By the names that rules have elsewhere. A rule that reads messages does not cover what is
    said of a diff, nor the other way round."""
    known: dict[str, set[bool]] = {}
    for rule in rules:
        for alias in rule.aliases:
            known.setdefault(alias, set()).update(_sides(rule.origins))

    def is_covered(kind: str, part: Part) -> bool:
        sides = known.get(kind, set())
        return (part is Part.WHOLE and bool(sides)) or (part is Part.DIFF) in sides

    return is_covered


def _sides(origins: Collection[Origin]) -> Iterator[bool]:
    """True for a rule that reads diffs, False for one that reads messages; one on mails reads
    all of them."""
    if Origin.STAGED in origins or Origin.MESSAGE not in origins:
        yield True
    if Origin.MESSAGE in origins or Origin.STAGED not in origins:
        yield False


@dataclass(frozen=True)
class Subject:
    """A patch that tools were asked about."""

    patch: Patch
    at: int
    """Its index in ``Series.all``."""
    text: PatchText
    profile: Profile
    ours: Sequence[Finding]
    """What our rules found in it."""

    @cached_property
    def added(self) -> Mapping[tuple[str, int], int]:
        """Index in the diff of each added line, by its file and its line there."""
        return {(one.path, one.line): one.index for one in self.patch.changes if one.sign == "+"}


def findings(
    tool: Tool, subject: Subject, said: Iterable[Said], covered: Covered
) -> Iterator[Finding]:
    """What a tool said of a patch and no rule of ours did, as the profile grades it."""
    patch, told, seen = subject.patch, 0, set[tuple[str, str, Spot]]()
    for one in said:
        spot = _spot(subject, one)
        if told == _MOST_FINDINGS or _is_ours(tool, subject, one, spot, covered):
            continue
        if patch.origin is Origin.STAGED and spot.part is not Part.DIFF:
            continue  # Of the message, and there is none yet.
        rule = f"{tool.name}/{one.kind}"
        setting = _setting(subject.profile.settings, rule)
        if setting.is_off or setting.is_exempt(patch) or (rule, one.message, spot) in seen:
            continue
        seen.add((rule, one.message, spot))
        told += 1
        yield Finding(
            rule=rule,
            severity=setting.severity or one.severity,
            message=one.message,
            spot=spot,
            place=patch.place(spot),
            message_id=patch.message_id,
            commit=patch.commit,
            title=patch.title,
            at=subject.at,
        )


def _setting(settings: Mapping[str, Setting], rule: str) -> Setting:
    """What a profile says of ``checkpatch/TYPE``, or of ``checkpatch/*`` as a whole."""
    exact = settings.get(rule)
    if exact is not None:
        return exact
    fitting = (one for name, one in settings.items() if "*" in name and fnmatchcase(rule, name))
    return next(fitting, Setting())


def _spot(subject: Subject, said: Said) -> Spot:
    if said.file:
        at = subject.added.get((said.file.removeprefix("./"), said.line))
        spot = WHOLE if at is None else Spot(Part.DIFF, at)
    else:
        spot = subject.text.spot(said.line)
    start = subject.patch.line(spot).find(said.word) if said.word else -1
    if start < 0:
        return spot
    return Spot(spot.part, spot.index, start, start + len(said.word))


def _is_ours(tool: Tool, subject: Subject, said: Said, spot: Spot, covered: Covered) -> bool:
    if tool.form is Form.CHECKPATCH:
        return covered(said.kind, spot.part)
    if tool.form is Form.CODESPELL:
        # Two dictionaries: what both know is said once.
        return any(
            (one.spot.part, one.spot.index) == (spot.part, spot.index)
            and one.spot.start < spot.end
            and spot.start < one.spot.end
            for one in subject.ours
        )
    return False
