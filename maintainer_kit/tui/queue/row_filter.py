# SPDX-License-Identifier: GPL-2.0-or-later
"""Which of the listed topics hold some words: kept ready, so that each key is answered at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from maintainer_kit.model.query.words import words_of
from maintainer_kit.model.queue.listed import Listed
from maintainer_kit.workflow.batches import batched
from maintainer_kit.workflow.reading import lines
from maintainer_kit.workflow.records import Selection
from maintainer_kit.workflow.stores import Stores

_BATCH = 64
"""Topics whose lines are in memory at a time: of one only these texts are wanted."""


class RowTexts:
    """What can be looked for of topics, in small letters.

    One by one that would be tens of thousands of small texts whenever a filter is begun. They are
    together for some hundred topics, and in UTF-8: where one character needs it, all characters
    of a ``str`` take four bytes.
    """

    def __init__(self) -> None:
        self._joined: list[bytes] = []

    def add(self, texts: Iterable[tuple[str, str]]) -> None:
        """These too: ids of topics, each with its text."""
        # The id can be looked for, and from what is found before it, it is read.
        self._joined.append(
            b"".join(_bytes(f"{one}\n{_line(text)}\n{one}\0") for one, text in texts)
        )

    def having(self, word: str) -> set[str]:
        """The ids of the topics in whose text the word, in small letters, is."""
        pattern = re.compile(re.escape(_bytes(word)) + rb"[^\0]*\n([^\0]*)\0")
        return {one.decode() for joined in self._joined for one in pattern.findall(joined)}


def _line(text: str) -> str:
    return text.replace("\n", " ").replace("\0", " ")


def _bytes(text: str) -> bytes:
    return text.casefold().encode("utf-8", "surrogatepass")


def row_texts(stores: Stores) -> RowTexts:
    """Those of every topic."""
    ids = stores.catalogue.select(Selection(open_only=False)).ids
    texts = RowTexts()
    for batch in batched(ids, _BATCH):
        wanted = Selection(open_only=False, topic_ids=frozenset(batch))
        found = lines(stores, wanted)
        texts.add((line.id, f"{line.subject}\t{line.author}") for line in found)
    return texts


class RowFilter:
    """Words, and what is left of a list by them."""

    def __init__(self) -> None:
        self.typed = ""
        self._texts: RowTexts | None = None
        self._source = Listed()
        self._words: tuple[str, ...] = ()
        self._left = Listed()

    @property
    def is_on(self) -> bool:
        return bool(self.typed.strip())

    @property
    def is_ready(self) -> bool:
        """Whether texts are there."""
        return self._texts is not None

    def know(self, texts: RowTexts) -> None:
        """What rows can be found by now."""
        self._texts = texts
        self._source = Listed()

    def of(self, found: Listed) -> Listed:
        """What is left; everything until texts are there."""
        words = words_of(self.typed)
        if self._texts is None or not words:
            return found
        # One more letter leaves some of what was left before.
        left = self._left if found is self._source and _narrows(self._words, words) else found
        for word in words:
            having = self._texts.having(word)
            left = Listed(one for one in left if one[0] in having)
        self._source, self._words, self._left = found, words, left
        return left


def _narrows(before: Sequence[str], now: Sequence[str]) -> bool:
    """Whether what holds the words now held those before."""
    return all(any(old in new for new in now) for old in before)
