# SPDX-License-Identifier: GPL-2.0-or-later
"""``K:`` looks for words in a patch: in what it says, and in the lines that it changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from maintainer_kit.model.maintainers.index import Match
from maintainer_kit.model.maintainers.perl_regex import compile_perl
from maintainer_kit.model.maintainers.regex_words import Words, needed_words
from maintainer_kit.model.maintainers.section import Entry, Section
from maintainer_kit.model.maintainers.touched import LONGEST_TEXT, Touched

# The script puts this before the expression as it stands, so that the second and later of its
# alternatives are found in lines that only surround the change, too.
_CHANGED = "^[+-].*"
_STRUCTURE = re.compile(
    r"diff --git a/\S+ b/\S+\s*$|(?:\+\+\+|---)[ \t]+\S|@@ -\d+,\d+|rename (?:from|to) \S+\s*$|"
    r"Fixes:[ \t]+[0-9a-fA-F]{6}| mode change [0-7]+ => [0-7]+ \S+\s*$"
)
_CAPITALS = str.maketrans({chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)})
_LONGEST_LINE = 4000


class Keywords:
    """The ``K:`` lines of all sections."""

    def __init__(self, sections: Sequence[Section]) -> None:
        found = [
            (section, entry)
            for section in sections
            for entry in section.entries
            if entry.letter == "K" and entry.value
        ]
        # The script sorts the numbers of the lines as texts.
        self.entries = sorted(found, key=lambda one: str(one[1].place))

    def matches(self, touched: Touched) -> tuple[Match, ...]:
        """One match for each section whose words a patch holds."""
        found: dict[int, Match] = {}
        texts = [
            (text[:LONGEST_TEXT], _low(text[:LONGEST_TEXT]), before)
            for text, before in ((touched.said, ""), (touched.changed, _CHANGED))
        ]
        for section, entry in self.entries:
            if section.number not in found and any(_holds(*one, entry) for one in texts):
                found[section.number] = Match(section, entry, "", 0)
        return tuple(found.values())


def _low(text: str) -> str:
    """The text in small letters, each at its place."""
    low = text.lower()
    return low if len(low) == len(text) else text.translate(_CAPITALS)


def _holds(text: str, low: str, before: str, entry: Entry) -> bool:
    """Whether a line of the text has what the entry looks for."""
    words = needed_words(entry.value)
    if words is not None and not any(word in low for word in words):
        return False
    expression = compile_perl(entry.value, before)
    return expression is not None and any(
        expression.search(line[:_LONGEST_LINE]) and not _STRUCTURE.match(line)
        for line in _lines(text, low, words)
    )


def _lines(text: str, low: str, words: Words) -> Iterator[str]:
    """The lines that hold one of the words, each at least once; all when nothing is known."""
    if words is None:
        yield from text.split("\n")
        return
    for word in words:
        at = low.find(word)
        while at >= 0:
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            yield text[text.rfind("\n", 0, at) + 1 : end]
            at = low.find(word, end)
