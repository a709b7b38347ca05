# SPDX-License-Identifier: GPL-2.0-or-later
"""``track`` and ``pull --tracked``: searches that lei keeps, and what they find comes in.

lei writes into a spool; what is in there is imported like any other mail, and only then removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from maintainer_kit.errors import MkitError, NotFound, Refused
from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.workflow.pulling.pull import Pull
from maintainer_kit.workflow.records import BrokenMail, SourceMail
from maintainer_kit.workflow.track_terms import joined, received_since

_LATE = 30 * 86400
"""Seconds: so long before the last success a search on a server is repeated."""


class SearchFailed(MkitError):
    """lei is missing, or did not come to its end."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """A search that is repeated."""

    name: str
    what: str
    """In a person's words: ``section EROFS FILE SYSTEM``."""
    query: str
    """In the syntax of public-inbox."""
    places: tuple[str, ...]
    """Archives that are searched: addresses, or directories."""
    updated: int = 0
    """When it was last repeated with success, in seconds since the epoch."""
    mails: int = 0
    """New mails that it brought in so far."""
    is_open: bool = True
    """It was begun, and nobody knows of its end: what it found is looked for once more."""


class Searcher(Protocol):
    """What keeps and repeats searches. Each method raises SearchFailed."""

    def outputs(self) -> Sequence[str]:
        """The Maildirs of all searches that are kept, others' too."""

    def search(self, query: str, places: Sequence[str], output: str, *, save: bool) -> None:
        """Put all that is found into a Maildir; nothing in it is removed. Raises Refused for what
        cannot be kept."""

    def update(self, output: str) -> None:
        """Put there what came since the last time."""

    def forget(self, output: str) -> None: ...


class Spool(Protocol):
    """Mails that were found, and are not imported yet."""

    def path(self, name: str) -> str: ...

    def holds(self, path: str) -> bool: ...

    def mails(self, name: str) -> Iterator[list[SourceMail | BrokenMail]]: ...

    def done(self, mails: Iterable[SourceMail | BrokenMail], broken: Iterable[str]) -> None: ...

    def drop(self, name: str) -> None: ...


class Notes(Protocol):
    """What is tracked, kept between two runs."""

    def all(self) -> Mapping[str, Tracked]: ...

    def put(self, tracked: Tracked) -> None: ...

    def drop(self, name: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Tracking:
    """Everything that a run needs."""

    pull: Pull
    searcher: Searcher
    spool: Spool
    notes: Notes


def track(tracking: Tracking, wanted: Tracked) -> Tracked:
    """Begin to track, and bring in what is found now; one that is tracked so already is updated.

    Raises Refused where the name stands for another search.
    """
    known = tracking.notes.all().get(wanted.name)
    if known and (known.what, known.places) != (wanted.what, wanted.places):
        raise Refused(
            f"{wanted.name} is tracked already: {visible_line(known.what)}",
            f"--name OTHER, or mkit track --remove {wanted.name} first",
        )
    return update(tracking, known or wanted)


def update(tracking: Tracking, tracked: Tracked, *, again: bool = False) -> Tracked:
    """Bring in what came since the last time; ``again``, or after a run that was cut short, what
    that may have passed over too. Raises SearchFailed; what came until then is in."""
    report = tracking.pull.pulled.report
    before = report.new
    output = tracking.spool.path(tracked.name)
    _take_in(tracking, tracked.name)
    now = tracking.pull.stores.clock() // 1_000_000
    is_open = tracked.is_open or again
    known = tracking.notes.all().get(tracked.name) == tracked
    # Before the search begins: whoever kills it, the next run knows.
    tracking.notes.put(replace(tracked, is_open=True))
    try:
        if known:
            _repeat(tracking.searcher, tracked, output, is_open=is_open)
        else:
            _begin(tracking.searcher, tracked, output)
    except Refused:
        if not known:
            tracking.notes.drop(tracked.name)
        raise
    except MkitError:
        _take_in(tracking, tracked.name)
        raise
    mails, broken = report.messages, len(report.broken)
    _take_in(tracking, tracked.name)
    if report.messages - mails == len(report.broken) - broken > 0:
        # A page for people, which lei takes for a mail: it must not count as an answer.
        raise SearchFailed("the archive answers with what is no mail", "try again later")
    done = replace(tracked, updated=now, mails=tracked.mails + report.new - before, is_open=False)
    tracking.notes.put(done)
    return done


def _begin(searcher: Searcher, tracked: Tracked, output: str) -> None:
    if output in searcher.outputs():
        # Of a home whose notes were lost: it would pass over what it gave to that one.
        searcher.forget(output)
    searcher.search(tracked.query, tracked.places, output, save=True)


def _repeat(searcher: Searcher, tracked: Tracked, output: str, *, is_open: bool) -> None:
    if output not in searcher.outputs():
        searcher.search(tracked.query, tracked.places, output, save=True)
        return
    if is_open:
        # A search that was cut short counts as done: what it had found and not yet written would
        # never come.
        searcher.search(_open_query(tracked), tracked.places, output, save=False)
    searcher.update(output)


def _open_query(tracked: Tracked) -> str:
    """Servers are asked for a part only; an archive on this machine costs little."""
    if tracked.updated and all("://" in place for place in tracked.places):
        return joined(tracked.query, received_since(tracked.updated - _LATE))
    return tracked.query


def _take_in(tracking: Tracking, name: str) -> None:
    """Import what is waiting; what is no mail is put aside."""
    report = tracking.pull.pulled.report
    for mails in tracking.spool.mails(name):
        known = len(report.broken)
        tracking.pull.bring(mails)
        tracking.spool.done(mails, [one.path for one in report.broken[known:]])


def pull_tracked(tracking: Tracking, *, again: bool = False, others: Sequence[str] = ()) -> None:
    """Update all that is tracked, and searches of the user's own by their Maildirs. One that fails
    keeps none of the others; raises SearchFailed for all of these at the end."""
    failed: list[str] = []
    hint: str | None = None
    for tracked in tracking.notes.all().values():
        try:
            update(tracking, tracked, again=again)
        except SearchFailed as error:
            failed.append(f"{tracked.name}: {error.message}")
            hint = error.hint
    for output in others:
        try:
            tracking.searcher.update(output)
        except SearchFailed as error:
            failed.append(f"{visible_line(output)}: {error.message}")
            hint = f"lei q --augment ... --output {visible_line(output)} repeats all of a search"
    if failed:
        words = "; ".join(failed)
        raise SearchFailed(f"{count_of(len(failed), 'search')} failed: {words}", hint)


def users_own(tracking: Tracking, mail_root: str) -> list[str]:
    """The Maildirs of searches that are the user's own, and whose mail is in our index."""
    return [
        one
        for one in tracking.searcher.outputs()
        if one.startswith(f"{mail_root}/") and not tracking.spool.holds(one)
    ]


def forget(tracking: Tracking, name: str) -> Tracked:
    """Track no longer; no mail is lost by that, neither what is in nor what is waiting."""
    tracked = tracking.notes.all().get(name)
    if tracked is None:
        known = ", ".join(tracking.notes.all()) or "nothing is tracked"
        raise NotFound(f"{name[:80]!r} is not tracked", known)
    output = tracking.spool.path(name)
    _take_in(tracking, name)
    if output in tracking.searcher.outputs():
        tracking.searcher.forget(output)
    tracking.notes.drop(name)
    tracking.spool.drop(name)
    return tracked
