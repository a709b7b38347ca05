# SPDX-License-Identifier: GPL-2.0-or-later
"""Comments on the old revision against the new code: was each answered?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from maintainer_kit.checks.patch import Patch
from maintainer_kit.model.patch.places import Place
from maintainer_kit.model.topic.topic import Topic
from maintainer_kit.workflow.comments import Remark, topic_remarks
from maintainer_kit.workflow.comparing.comparison import Comparison
from maintainer_kit.workflow.comparing.line_fate import LineFate, Text, judge, text_of
from maintainer_kit.workflow.stores import Stores


@dataclass(frozen=True, slots=True)
class ComparedRemark:
    """A comment, and what the new revision makes of it."""

    remark: Remark
    old: int | None
    """The patch it is about, by its place from 0; None for the cover letter."""
    fate: LineFate
    new: int | None = None
    """The new patch that has the line, or what stands in its place."""
    newer: Place | None = None
    """Where that is."""
    now: tuple[str, ...] = ()
    """What stands there now, with the signs of the diff; empty where the line is unchanged."""
    replied: bool = False
    """Somebody answered the mail that makes it."""


def compared_remarks(
    stores: Stores, comparison: Comparison, topic: Topic | None
) -> list[ComparedRemark]:
    """Comments on the patches and the cover letter of the old side, in their order."""
    if topic is None:
        return []
    replied = {
        one.message.parents[0]
        for one in topic.follow_ups
        if one.message.parents and one.message.is_from_person
    }
    return list(_compared(comparison, topic_remarks(stores, topic), replied))


def _compared(
    comparison: Comparison, by_patch: Mapping[str, Sequence[Remark]], replied: set[str]
) -> Iterator[ComparedRemark]:
    texts = _Texts(comparison)
    heads = [(None, comparison.old.cover), *enumerate(comparison.old.patches)]
    for number, patch in heads:
        for remark in by_patch.get(patch.message_id or "", ()) if patch else ():
            is_replied = remark.message.message_id in replied
            yield replace(texts.judged(remark, number), replied=is_replied)


class _Texts:
    """The texts of both sides, each read once."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._texts: dict[int, Text] = {}
        self._partner = {one.old: one.new for one in comparison.pairs if one.old is not None}

    def judged(self, remark: Remark, number: int | None) -> ComparedRemark:
        place = remark.comment.place
        old = self._comparison.old
        patch = old.patches[number] if number is not None else old.cover
        if patch is None or not place.at:
            return ComparedRemark(remark, number, LineFate.WHOLE)
        for new, other, is_partner in self._candidates(number):
            found = judge(place, self._text(patch), self._text(other), is_partner=is_partner)
            if found.fate is not LineFate.GONE:
                return ComparedRemark(remark, number, found.fate, new, found.place, found.now)
        return ComparedRemark(remark, number, LineFate.GONE)

    def _candidates(self, number: int | None) -> Iterator[tuple[int | None, Patch, bool]]:
        """The new patch that the old one became, then all others: code moves between them."""
        new = self._comparison.new
        if number is None:
            if new.cover:
                yield None, new.cover, True
            return
        partner = self._partner.get(number)
        if partner is not None and (patch := new.patches[partner]):
            yield partner, patch, True
        yield from ((at, one, False) for at, one in new.received if at != partner)

    def _text(self, patch: Patch) -> Text:
        if id(patch) not in self._texts:
            self._texts[id(patch)] = text_of(patch)
        return self._texts[id(patch)]
