# SPDX-License-Identifier: GPL-2.0-or-later
"""lei (lei(1)): its saved searches, run with a bound, and believed where it says that it wrote.

lei's daemon does the work. When that dies the client ends with 0, and a search that was cut short
is not repeated by ``lei up``: it remembers how far it searched before it has written the mails.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from maintainer_kit.adapters.bounded_run import Bounds, Ended, run_bounded
from maintainer_kit.errors import MkitError, Refused, StateError
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.workflow.tracking import SearchFailed

_SEARCH_SECONDS = 3600.0
_ASK_SECONDS = 60.0
_SILENT_SECONDS = 600.0
"""A damaged answer of a server keeps lei waiting for ever."""
_MOST_OUTPUT = 8 << 20
_MOST_MAILS = 1_000_000
_FORM = "maildir:"
_QUERY = "track-query"
_WROTE = lazy_pattern(r"^# \d+ written to ")
_UNQUOTED = frozenset('\\#;"')
"""What lei writes into a file of git's syntax without quoting it; a backslash there makes that lei
reads none of its user's searches any more."""
_OVERLAP = "7.days"
"""lei asks a server for mails by their Date: those that came late belong to the time before."""


class Lei:
    """Implements the port ``Searcher``."""

    def __init__(self, folder: Path, came: Callable[[], int] = lambda: 0) -> None:
        """``came`` is asked now and then how much lei has brought; what it raises ends lei's work,
        as does that nothing comes any more."""
        self._folder = folder
        self._came = came

    def outputs(self) -> list[str]:
        """Where the saved searches of this user put mails as Maildir."""
        ended = self._run(("ls-search", "--format=json"), _ASK_SECONDS)
        try:
            told = json.loads(ended.output or b"[]")
        except (ValueError, RecursionError) as error:
            raise self._failure("ls-search", ended, "answers with no JSON") from error
        found = [one.get("output") for one in told if isinstance(one, dict)]
        named = [one for one in found if isinstance(one, str) and one.startswith(_FORM)]
        return [one.removeprefix(_FORM) for one in named]

    def search(self, query: str, places: Sequence[str], output: str, *, save: bool) -> None:
        """Put all that is found into a Maildir, beside what is in it."""
        for one in (output, *places):
            _insist_on_plain(one)
        if "\\" in query or "#" in query or ";" in query or not query.isprintable():
            raise Refused(
                "lei cannot keep a query with one of \\ # ; or a control character in it",
                "a blank finds the same: lei searches for words",
            )
        # Two mails of one id may be two mails: an import tells, so lei must not.
        words = ["q", "--stdin", "--augment", "--dedupe=content", "--globoff"]
        # The mails go into an index of ours, and need not be in lei's own store too.
        words += ["--no-import-before", "--no-import-remote", f"--limit={_MOST_MAILS}"]
        words += [f"--output={_FORM}{output}"]
        words += [f"--only={place}" for place in places] + ([] if save else ["--no-save"])
        # As a file, never as a word; one name, so that a kill leaves at most one behind.
        file = self._folder / _QUERY
        try:
            file.write_text(query, encoding="utf-8", errors="replace")
        except OSError as error:
            raise StateError(f"{file}: {error.strerror}", "mkit doctor") from error
        try:
            self._write(words, file)
        finally:
            file.unlink(missing_ok=True)

    def update(self, output: str) -> None:
        """Put into a saved search's Maildir what came since the last time."""
        self._write(["up", f"--remote-fudge-time={_OVERLAP}", "--", output])

    def forget(self, output: str) -> None:
        """Drop a saved search, and no mail."""
        ended = self._run(("forget-search", "--", output), _ASK_SECONDS)
        if ended.code:
            raise self._failure("forget-search", ended)

    def _write(self, words: Sequence[str], stdin: Path | None = None) -> None:
        ended = self._run(words, _SEARCH_SECONDS, stdin)
        lines = ended.words.splitlines()
        if ended.code or not any(_WROTE.match(line) for line in lines):
            raise self._failure(words[0], ended)

    def _run(self, words: Sequence[str], seconds: float, stdin: Path | None = None) -> Ended:
        ended = run_bounded(
            ("lei", *words), self._folder, stdin, {}, Bounds(seconds, _MOST_OUTPUT), self._silence()
        )
        if ended.code is None:
            raise self._failure(words[0], ended)
        return ended

    def _silence(self) -> Callable[[], bool]:
        """Whether nothing has come for too long."""
        known, since = -1, time.monotonic()

        def is_over() -> bool:
            nonlocal known, since
            now, before = time.monotonic(), known
            known = self._came()
            if known != before:
                since = now
            return now - since > _SILENT_SECONDS

        return is_over

    def _failure(self, verb: str, ended: Ended, said: str = "") -> MkitError:
        """In lei's own words, as far as it has any."""
        if ended.reason == "is not installed":
            return SearchFailed("lei is not installed", "apt install lei, or see public-inbox.org")
        lines = [line for line in ended.words.splitlines() if line and not line.startswith("#")]
        words = said or ended.reason or (lines[-1] if lines else "it did not say that it wrote")
        shown = visible_line(words.replace(f"{os.fspath(self._folder)}/", ""))[:300]
        return SearchFailed(
            f"lei {verb}: {shown}", "mkit pull --tracked, which looks for all of it again"
        )


def _insist_on_plain(path: str) -> None:
    if not path.isprintable() or path != path.strip() or not _UNQUOTED.isdisjoint(path):
        raise Refused(
            f'lei cannot keep {path!r}: it has one of \\ # ; " or a control character in it',
            "use another path",
        )
