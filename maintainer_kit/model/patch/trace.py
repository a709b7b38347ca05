# SPDX-License-Identifier: GPL-2.0-or-later
"""Finds quoted lines again in the text that they were quoted from.

Quotes come in the order of their source, so a cursor walks ahead through it. Where the next line
does not follow, all lines that are equal to it are tried, and the one wins below which most of the
next quoted lines follow too, the nearest ahead where several are as good.
"""

from __future__ import annotations

from collections.abc import Sequence
from quopri import decodestring

from maintainer_kit.model.patch.sheet import Sheet, key_of, says_much

_AHEAD, _BEHIND = 40, 20
"""How many equal lines are tried."""
_RUN = 8
"""How many of the following lines are compared."""
_TRIES = 400_000
"""Comparisons for one reply; a hostile one is then followed less cleverly."""
_SCAN = 40_000_000
"""Characters looked through for broken lines, for one reply."""
_WINDOW = 40_000
_PIECE = 12
"""Characters from which on a piece of a line is believed to be one wherever it stands."""
_GAP = 3


class Tracer:
    """Follows one reply through one sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._cursor = 0
        self.rest = ""
        """What is still to come of a line of which only the beginning was quoted so far."""
        self._tries = _TRIES
        self._scan = _SCAN

    def find(self, text: str, ahead: Sequence[str]) -> int | None:
        """The line of the sheet that a quoted line is, None where it is nowhere.

        ``ahead`` are the keys of the next quoted lines.
        """
        key = key_of(text)
        found = self._find(key, ahead)
        if found is None and "=" in text:
            # Quoted-printable that somebody forgot to decode.
            raw = text.encode("utf-8", "surrogateescape")
            plain = key_of(decodestring(raw).decode("utf-8", "replace")).removesuffix("=")
            found = self._find(plain, ahead) if plain != key else None
        return found

    def completes(self, text: str) -> bool:
        """Whether a line without quote marks is what a mailer broke off the line before it."""
        key = key_of(text)
        if not key or not self.rest.startswith(key):
            return False
        self.rest = self.rest[len(key) :]
        return True

    def _find(self, key: str, ahead: Sequence[str]) -> int | None:
        if not key:
            return self._blank()
        if self.rest and self.rest.startswith(key):
            self.rest = self.rest[len(key) :]
            return self._cursor - 1
        found = self._next(key)
        if found is None:
            found = self._equal(key, ahead)
        if found is None:
            return self._piece(key, ahead[0] if ahead else "")
        self.rest = ""
        self._cursor = found + 1
        return found

    def _blank(self) -> int | None:
        keys = self._sheet.keys
        if self.rest or self._cursor >= len(keys) or keys[self._cursor]:
            return None
        self._cursor += 1
        return self._cursor - 1

    def _next(self, key: str) -> int | None:
        """The line under the cursor, or the first below blank lines that the quote left out."""
        keys = self._sheet.keys
        for at in range(self._cursor, min(self._cursor + _GAP, len(keys))):
            if keys[at]:
                return at if keys[at] == key else None
        return None

    def _equal(self, key: str, ahead: Sequence[str]) -> int | None:
        places = self._sheet.near(key, self._cursor, _AHEAD, _BEHIND)
        if len(places) < 2 or self._tries <= 0:
            return places[0] if places else None
        best, score = places[0], -1
        for at in places:
            run = self._run(at + 1, ahead) + (at >= self._cursor)
            if run > score:
                best, score = at, run
        return best

    def _run(self, at: int, ahead: Sequence[str]) -> int:
        """How well the lines from ``at`` on are the ones that are quoted next."""
        keys, score = self._sheet.keys, 0
        for key in ahead[:_RUN]:
            self._tries -= 1
            if not key:
                continue
            while at < len(keys) and not keys[at]:
                at += 1
            if at >= len(keys) or keys[at] != key:
                break
            score += 3 if says_much(key) else 1
            at += 1
        return score

    def _piece(self, key: str, following: str) -> int | None:
        """A line that a mailer broke, or that it made of several. Where little of it is left, the
        line that follows tells which one it is."""
        sheet = self._sheet
        keys, cursor = sheet.keys, self._cursor
        if cursor < len(keys) and keys[cursor].startswith(key) and says_much(key):
            self.rest = keys[cursor][len(key) :]
            self._cursor += 1
            return cursor
        sought = key if len(key) >= _PIECE else key + following
        if len(sought) < _PIECE:
            return None
        here = sheet.start_of(cursor) - len(self.rest)
        start = self._scanned(sought, here, here + _WINDOW)
        if start < 0:
            start = self._scanned(sought, 0, len(sheet.stream))
        if start < 0:
            return None
        found = sheet.line_at(start + len(key) - 1)
        self._cursor = found + 1
        self.rest = sheet.stream[start + len(key) : sheet.start_of(found + 1)]
        return found

    def _scanned(self, key: str, start: int, end: int) -> int:
        end = min(end, len(self._sheet.stream))
        if self._scan < end - start:
            return -1
        found = self._sheet.stream.find(key, start, end)
        self._scan -= (found if found >= 0 else end) - start + len(key)
        return found
