# SPDX-License-Identifier: GPL-2.0-or-later
"""The text of a friendly reply that tells an author what was found in a series."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import wrap

from maintainer_kit.checks.finding import RANK, Finding, Part, Severity
from maintainer_kit.checks.patch import Patch, Role
from maintainer_kit.checks.report import Checked
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.mail.text import storable, visible_line

_WIDTH = 72
_MOST_PLACES = 3
_LONGEST_QUOTE = 100
_MOST_NUMBERS = 12
_LONGEST_NAME = 40

Group = list[Finding]
"""Findings of one rule that are told together."""


def worth_telling(checked: Checked) -> list[Finding]:
    """What an author should hear of: errors and warnings about patches and the cover letter."""
    parts = checked.series.all
    return [
        one
        for one in checked.findings
        if RANK[one.severity] >= RANK[Severity.WARNING] and parts[one.at].role is not Role.OTHER
    ]


def reply_text(checked: Checked, found: Sequence[Finding], writer: str, name: str) -> str:
    """The whole text; ``name`` is the first name of whom it is for, empty when unknown."""
    parts = checked.series.all
    has_several = len(parts) > 1
    lines = [f"Hi {name}," if name else "Hi,", "", *wrap(_opening(checked), _WIDTH), ""]
    common, own = _sorted(found)
    for groups in common:
        lines += [f"{_patches(parts, groups)}:", "", *_told(groups[:1]), ""]
    for at, groups_of in own:
        if has_several:
            lines += [f"> {_cut(parts[at].title_line or '(no subject)')}", ""]
        for group in groups_of:
            lines += [*_told(group), ""]
    lines += [*wrap(_closing(found), _WIDTH), "", "Thank you,", _line(writer)]
    return "\n".join(lines) + "\n"


def first_name(person: Person) -> str:
    """By what a person is greeted: ``Ada`` of ``Ada Author`` and of ``Author, Ada``."""
    name = person.name.partition(",")[2].strip() or person.name
    words = _line(name).split()
    word = words[0] if words else ""
    is_name = any(char.isalpha() for char in word) and "@" not in word
    return word[:_LONGEST_NAME] if is_name else ""


def _opening(checked: Checked) -> str:
    count = len(checked.series.patches)
    what = "this series" if count > 1 else "the patch"
    return (
        f"thank you for {what}. Before it is reviewed, I let a program (mkit check) look at its"
        " form, and it found something that is easily mended:"
    )


def _closing(found: Sequence[Finding]) -> str:
    if any(one.severity is Severity.ERROR for one in found):
        wish = "Could you send a new version with that mended?"
    else:
        wish = "There is no need to resend for that alone, but please mend it in the next version."
    return (
        f"{wish} None of this is a judgement of the change itself, and where the program is wrong,"
        " please just say so."
    )


def _sorted(found: Sequence[Finding]) -> tuple[list[Group], list[tuple[int, list[Group]]]]:
    """What is said of several patches in the same words, and the rest by patch and rule."""
    same: dict[tuple[str, str], Group] = {}
    for one in found:
        same.setdefault((one.rule, one.message), []).append(one)
    common = {key: group for key, group in same.items() if len({one.at for one in group}) > 2}
    rest = [one for one in found if (one.rule, one.message) not in common]
    own = [(at, _by_rule(list(group))) for at, group in groupby(rest, key=lambda one: one.at)]
    return list(common.values()), own


def _by_rule(found: Sequence[Finding]) -> list[Group]:
    """Weightier ones first."""
    groups: dict[str, Group] = {}
    for one in sorted(found, key=lambda one: -RANK[one.severity]):
        groups.setdefault(one.rule, []).append(one)
    return list(groups.values())


def _patches(parts: Sequence[Patch], group: Group) -> str:
    """``Patches 1, 2, 3``, or ``All patches``."""
    places = sorted({one.at for one in group})
    if len(places) == len(parts):
        return "All mails of the series"
    if places == [at for at, one in enumerate(parts) if one.role is Role.PATCH]:
        return "All patches"
    numbers = [parts[at].subject.number for at in places]
    if None in numbers or len(numbers) > _MOST_NUMBERS:
        return f"{len(places)} of the {len(parts)} patches"
    return f"Patches {', '.join(map(str, numbers))}"


def _told(group: Group) -> Iterator[str]:
    """One rule: what is wrong and where, how it is mended, and who says so."""
    for one in group[:_MOST_PLACES]:
        yield from _item(one)
    if len(group) > _MOST_PLACES:
        yield f"  (and {len(group) - _MOST_PLACES} more like that)"
    first = group[0]
    if first.fix:
        yield from wrap(
            _line(f"To mend it: {first.fix.words}"),
            _WIDTH,
            initial_indent="  ",
            subsequent_indent="  ",
            break_on_hyphens=False,
        )
    if first.source:
        yield f"  {first.source}"


def _item(finding: Finding) -> Iterator[str]:
    place = finding.place
    at = f"{place.source_path}:{place.source_line}: " if place.source_line else ""
    told = _line(f"{at}{finding.message}")
    yield from wrap(told, _WIDTH, initial_indent="- ", subsequent_indent="  ")
    if finding.spot.part not in (Part.WHOLE, Part.SUBJECT) and place.text.strip():
        yield f"  > {_cut(place.text).rstrip()}"


def _cut(text: str) -> str:
    """A line of mail as it may be quoted: tabs stay."""
    shown = "\t".join(map(_line, text[:_LONGEST_QUOTE].split("\t")))
    return f"{shown}..." if len(text) > _LONGEST_QUOTE else shown


def _line(text: str) -> str:
    return storable(visible_line(text))
