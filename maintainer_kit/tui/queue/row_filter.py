# SPDX-License-Identifier: GPL-2.0-or-later
"""Which of the listed topics hold some words: kept ready, so that each key is answered at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from maintainer_kit.model.query.words import words_of
from maintainer_kit.workflow.batches import batched
from maintainer_kit.workflow.reading import lines
from maintainer_kit.workflow.records import Selection
from maintainer_kit.workflow.stores import Stores

_BATCH = 500
"""Topics whose lines are in memory at a time: of one only these texts are wanted."""

Found = list[tuple[str, str]]
"""Topic ids with turns, in the order of the queue."""


def row_texts(stores: Stores) -> dict[str, str]:
    """What can be looked for of every topic, in small letters, by its id."""
    ids = [topic_id for topic_id, _ in stores.catalogue.select(Selection(open_only=False))]
    texts: dict[str, str] = {}
    for batch in batched(ids, _BATCH):
        wanted = Selection(open_only=False, topic_ids=frozenset(batch))
        for line in lines(stores, wanted):
            texts[line.id] = f"{line.subject}\n{line.author}\n{line.id}".casefold()
    return texts


class RowFilter:
    """Words, and what is left of a list by them."""

    def __init__(self) -> None:
        self.typed = ""
        self._texts: Mapping[str, str] | None = None
        self._source: Sequence[tuple[str, str]] = ()
        self._words: tuple[str, ...] = ()
        self._left: Found = []

    @property
    def is_on(self) -> bool:
        return bool(self.typed.strip())

    @property
    def is_ready(self) -> bool:
        """Whether texts are there."""
        return self._texts is not None

    def know(self, texts: Mapping[str, str]) -> None:
        """What rows can be found by now."""
        self._texts = texts
        self._source = ()

    def of(self, found: Found) -> Found:
        """What is left; everything until texts are there."""
        words = words_of(self.typed)
        if self._texts is None or not words:
            return found
        text_of = self._texts.get
        # One more letter leaves some of what was left before.
        left = self._left if found is self._source and _narrows(self._words, words) else found
        for word in words:
            left = [one for one in left if word in text_of(one[0], "")]
        self._source, self._words, self._left = found, words, left
        return left


def _narrows(before: Sequence[str], now: Sequence[str]) -> bool:
    """Whether what holds the words now held those before."""
    return all(any(old in new for new in now) for old in before)
