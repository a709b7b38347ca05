# SPDX-License-Identifier: GPL-2.0-or-later
"""What is marked within the lines of a diff: the words that changed, and what is code of which
kind. Told for the lines that are drawn only."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence

from maintainer_kit.render.code_words import CodeSpan, code_words, is_ready, language_of
from maintainer_kit.render.diff_words import Span, changed_words, pair_lines
from maintainer_kit.tui.topic.document import LineKind
from maintainer_kit.tui.topic.page import Page

_CHANGED = re.compile(r"(-+)\\?(\++)")
_REACH = 60
"""Lines above and below one, among which its pair is."""
_SLOW = 0.01
"""Seconds that no line should take."""
_PATIENCE = 3
"""Lines that may take longer; a mail with more of them is not told apart any more."""
_KEPT = 2000
"""Lines of whose code it is known what is what."""

_IN_CODE = frozenset((LineKind.ADDED, LineKind.REMOVED, LineKind.CONTEXT))


class DiffLook:
    """Marks in the lines of one mail, which keeps what was found."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._patience = _PATIENCE

    def languages(self) -> set[str]:
        """Those of its files."""
        return {language_of(one.path) for one in self._page.files} - {""}

    def code(self, at: int) -> Sequence[CodeSpan] | None:
        """The spans of a line without its sign; None where nobody can tell, or not yet."""
        page = self._page
        known = page.code.get(at)
        if known is not None:
            return known
        file = page.file_at(at) if page.margin[at] in _IN_CODE else None
        language = language_of(file.path) if file else ""
        if not is_ready(language) or self._patience <= 0:
            return None
        start = time.perf_counter()
        found = code_words(language, page.lines[at][1][1:])
        self._patience -= time.perf_counter() - start > _SLOW
        if len(page.code) >= _KEPT:
            page.code.clear()
        page.code[at] = found
        return found

    def look_ahead(self, lines: int) -> None:
        """Find what the first lines will show before somebody waits for them."""
        for at in range(min(lines, len(self._page.lines))):
            self.code(at)
            self.words(at)

    def words(self, at: int) -> Sequence[Span]:
        """The words of a changed line, without its sign, that are others in its pair."""
        if self._page.margin[at] not in "+-":
            return ()
        if at not in self._page.words:
            self._compare_around(at)
        return self._page.words.get(at, ())

    def _compare_around(self, at: int) -> None:
        """Compare the removed and added lines that ``at`` is among; not those of a long rewrite."""
        low, high = max(0, at - _REACH), at + _REACH
        margin = self._page.margin
        for found in _CHANGED.finditer(margin, low, high):
            is_cut = (found.start() == low > 0) or (found.end() == high < len(margin))
            if found.start() <= at < found.end() and not is_cut:
                self._compare(range(*found.span(1)), range(*found.span(2)))
        self._page.words.setdefault(at, ())

    def _compare(self, removed: range, added: range) -> None:
        lines = self._page.lines
        old, new = ([lines[at][1][1:] for at in side] for side in (removed, added))
        for one, other in pair_lines(old, new):
            left, right = changed_words(old[one], new[other])
            self._page.words[removed[one]], self._page.words[added[other]] = left, right
