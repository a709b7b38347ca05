# SPDX-License-Identifier: GPL-2.0-or-later
"""Cover letters that do not say so, or that say it wrongly."""

from __future__ import annotations

from collections.abc import Mapping

from maintainer_kit.model.message.message import Kind, Message
from maintainer_kit.model.topic.series import NEAR, Series, sort_key

_PLAIN = frozenset({Kind.OTHER, Kind.REPORT})


def with_covers(listed: list[Series]) -> list[Series]:
    """Give a cover letter that counted its patches wrong the patches that answer it."""
    bare = {
        one.cover.message_id: one for one in listed if one.cover is not None and not one.received
    }
    if not bare:
        return listed
    taken: set[str] = set()
    found: list[Series] = []
    for one in listed:
        cover = _cover_above(one, bare)
        if cover is None or cover.message_id in taken:
            found.append(one)
            continue
        taken.add(cover.message_id)
        found.append(Series(one.revision, cover, one.patches))
    return [one for one in found if one.received or one.first.message_id not in taken]


def _cover_above(series: Series, bare: Mapping[str, Series]) -> Message | None:
    if series.cover is not None or series.first.subject.number is None:
        return None
    for patch in series.messages:
        above = bare.get(patch.parents[0]) if patch.parents else None
        if above is None or above.cover is None:
            continue
        same = above.revision == series.revision and above.submitter.key == patch.submitter.key
        return above.cover if same else None
    return None


def with_plain_covers(listed: list[Series], known: Mapping[str, Message]) -> list[Series]:
    """Give postings the mail that is their cover letter without saying "0/n"."""
    taken: set[str] = set()
    found: list[Series] = []
    for one in sorted(listed, key=lambda series: sort_key(series.first)):
        top = _plain_cover(one, known)
        if top is None or top.message_id in taken:
            found.append(one)
        else:
            taken.add(top.message_id)
            found.append(Series(one.revision, top, one.patches))
    return found


def _plain_cover(series: Series, known: Mapping[str, Message]) -> Message | None:
    """The mail of its submitter that all patches of a whole posting answer, sent with them."""
    if series.cover is not None or len(series.patches) < 2 or not series.is_complete:
        return None
    above = {patch.parents[0] if patch.parents else "" for patch in series.messages}
    top = known.get(above.pop()) if len(above) == 1 else None
    if top is None or top.kind not in _PLAIN or top.bot or top.parents:
        return None
    same = top.submitter.key == series.submitter.key
    return top if same and abs(top.date - series.date) <= NEAR else None
