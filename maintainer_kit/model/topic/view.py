# SPDX-License-Identifier: GPL-2.0-or-later
"""The newest complete view of a topic: which patches are to be looked at now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from maintainer_kit.model.message.message import Message
from maintainer_kit.model.patch.sketch import likeness
from maintainer_kit.model.topic.above import Heads
from maintainer_kit.model.topic.evidence import ALIKE
from maintainer_kit.model.topic.linking import Revision
from maintainer_kit.model.topic.series import Series

View = tuple[Message | None, ...]


def complete_view(revisions: Sequence[Revision], heads: Heads) -> View:
    """The newest patches; a partial reroll keeps the older ones that it did not replace.

    ``heads`` follow the threads of its cluster.
    """
    view: View = ()
    slots: dict[str, int] = {}
    for revision in revisions:
        series = revision.series
        places = _places(series, view, slots, heads)
        if places is None:
            view = series.patches
            slots = {}
        else:
            filled = dict(places)
            size = max(len(view), max(filled) + 1)
            view = tuple(filled.get(at, view[at] if at < len(view) else None) for at in range(size))
        for at, patch in enumerate(view):
            if patch is not None:
                slots[patch.message_id] = at
        if series.cover is not None:
            slots[series.cover.message_id] = -1
    return view


_Places = list[tuple[int, Message]]


def _places(series: Series, view: View, slots: Mapping[str, int], heads: Heads) -> _Places | None:
    """Where the patches of a partial reroll go in the view; None for a posting in its own right.

    A reroll is partial when it has no cover letter, is shorter than what is there, and was sent
    into the thread of what it replaces, or takes a few numbers of as many, or one title.
    """
    patches = [(at, patch) for at, patch in enumerate(series.patches) if patch]
    if not view or series.cover is not None:
        return None
    answered = {patch.message_id: _answered(patch, slots, heads) for _, patch in patches}
    threaded = any(at is not None for at in answered.values())
    if len(series.patches) == len(view) and len(patches) < len(view):
        return patches if threaded or _takes_few(patches, view) else None
    # A lone patch without a number leaves the others as they are, wherever it was sent.
    lone = len(patches) == 1 and series.first.subject.number is None
    if not (threaded or lone) or not series.is_complete or len(patches) >= len(view):
        return None
    places: dict[int, Message] = {}
    for _, patch in patches:
        at = _replaced(patch, view, answered[patch.message_id])
        if at is None or at in places:
            return None
        places[at] = patch
    return sorted(places.items())


def _answered(patch: Message, slots: Mapping[str, int], heads: Heads) -> int | None:
    """The slot of the nearest patch of the view above a mail; -1 for a cover letter of it."""
    return next((slots[one] for one in heads.all_above(patch) if one in slots), None)


def _takes_few(patches: _Places, view: View) -> bool:
    """Whether a lone "v2 4/6" replaces that one of six: the others need not have been lost."""
    if None in view:
        # What is missing in each of them was never sent to this list.
        return all(view[at] is None for at, _ in patches)
    same = all((old := view[at]) and old.subject.key == new.subject.key for at, new in patches)
    return same and 3 * len(patches) <= len(view)


def _replaced(patch: Message, view: View, answered: int | None) -> int | None:
    """The slot of the patch that one posted alone replaces: of several of its title the one it
    answers, else one of its title, else the one it answers or whose change it resembles most."""
    titled = [at for at, one in enumerate(view) if one and one.subject.key == patch.subject.key]
    if patch.subject.number is None and answered is not None and answered >= 0:
        return answered if answered in titled or not titled else titled[0]
    if titled:
        return titled[0]
    alike = [(likeness(one.sketch, patch.sketch), -at) for at, one in enumerate(view) if one]
    best, at = max(alike, default=(0.0, 0))
    return -at if best >= ALIKE else None
