# SPDX-License-Identifier: GPL-2.0-or-later
"""Numbers, versions and base of the mails of one posting, and how they are mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from maintainer_kit.checks.finding import Edit, Fix, Part
from maintainer_kit.checks.patch import Origin, Patch
from maintainer_kit.checks.series import Series
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.message import marks

_NUMBER = lazy_pattern(r"\b\d{1,4}\s{0,2}/\s{0,2}\d{1,4}\b")
_VERSION = lazy_pattern(r"(?i)(?<![\w.])v\d{1,3}\b")
_PATCH = lazy_pattern(r"(?i)\bpatch(?![\w])")
_PREFIX = 200
"""Columns within which the prefix of a subject ends."""


def numbered(series: Series) -> bool:
    """Whether any of its subjects says ``k/n``."""
    return any(one.subject.total is not None for _, one in series.heads())


def is_whole(series: Series) -> bool:
    """Whether as many patches are there as their subjects promise."""
    return len(series.patches) >= max((one.subject.total or 1 for one in series.patches), default=1)


def wrong_numbers(series: Series) -> Iterator[tuple[int, str]]:
    """Index in ``Series.all`` and what is wrong with its number, for each mail of that kind."""
    if not numbered(series):
        return
    totals = Counter(one.subject.total for _, one in series.heads() if one.subject.total)
    total = totals.most_common(1)[0][0] or 0
    seen: set[int] = set()
    for at, patch in series.heads():
        number, own = patch.subject.number, patch.subject.total
        if number is None or own is None:
            yield at, "has no number within a numbered series"
        elif own != total:
            yield at, f"is numbered {number}/{own} within a series of {total}"
        elif number in seen:
            yield at, f"there is another {number}/{own}"
        elif number > own:
            yield at, f"is numbered {number}/{own}"
        if number is not None:
            seen.add(number)


def renumbered(series: Series, patch: Patch) -> Fix:
    """The right number, where the patches lie here in their order; else words."""
    words = Fix("git format-patch numbers them all")
    if patch.origin is not Origin.FILE or not _NUMBER.search(patch.title_line[:_PREFIX]):
        return words
    total = len(series.patches)
    number = next((at for at, one in enumerate(series.patches, 1) if one is patch), 0)
    title = _NUMBER.sub(f"{number}/{total}", patch.title_line, count=1)
    return Fix(f"number it {number}/{total}", (Edit(Part.SUBJECT, 0, 1, (title,)),))


def revised(patch: Patch, revision: int) -> Fix:
    """The subject with another version."""
    prefix, bracket, title = patch.title_line.partition("]")
    words = Fix(f"call it v{revision}")
    if patch.origin is not Origin.FILE or not bracket or len(prefix) > _PREFIX:
        return words
    new = _VERSION.sub("", prefix, count=1).replace("  ", " ").rstrip()
    if revision > 1:
        new = _PATCH.sub(lambda found: f"{found[0]} v{revision}", new, count=1)
    if new == prefix:
        return words
    return Fix(words.words, (Edit(Part.SUBJECT, 0, 1, (f"{new}{bracket}{title}",)),))


def base_commits(series: Series) -> list[tuple[int, str]]:
    """Index in ``Series.all`` and commit of each ``base-commit:``; format-patch puts it behind
    the first diff, b4 into the cover letter."""
    texts = (
        (at, text)
        for at, patch in series.heads()
        for text in (patch.text, "\n".join(patch.notes), patch.diff_text)
        if "base-commit:" in text
    )
    return [(at, commit) for at, text in texts if (commit := marks.base_commit(text))]
