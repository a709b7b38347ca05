# SPDX-License-Identifier: GPL-2.0-or-later
"""``pull --list``: what came to a list since last time, a stretch of time after another.

Each stretch is imported and marked before the next is asked for: whatever ends a run, the next one
goes on from there.
"""

from __future__ import annotations

from maintainer_kit.workflow.pulling.archive import Archive, Span, TooMuch
from maintainer_kit.workflow.pulling.finding import received
from maintainer_kit.workflow.pulling.pull import Pull

_DAY = 86400
_FIRST = 30 * _DAY
"""How far back the first run goes unless told otherwise."""
_OVERLAP = 3 * 3600
"""Seconds: a mirror has mail some time after its archive received it."""
_LEAST, _BEGIN, _MOST = 3600, 7 * _DAY, 366 * _DAY
_FEW = 500
"""Mails in a stretch after which the next one may be twice as long."""


def pull_list(pull: Pull, address: str, since: int | None = None) -> None:
    """Bring in what a list's archive received since ``since``, or since it was pulled last."""
    archive = pull.archive(address)
    now = pull.stores.clock() // 1_000_000
    known = pull.marks.get(archive.url)
    if known is None:
        archive.check()
    span = _wanted(known, now, since)
    length = _BEGIN
    while span.end < now:
        try:
            span, count = _stretch(pull, archive, span, length, now)
        except TooMuch:
            if length <= _LEAST:
                raise
            length = max(_LEAST, length // 8)
            continue
        if count < _FEW:
            length = min(_MOST, 2 * length)


def _wanted(known: Span | None, now: int, since: int | None) -> Span:
    """What is there already, up to where the fetching is to begin."""
    if known is None:
        begin = now - _FIRST if since is None else since
        return Span(begin, begin)
    if since is not None and not known.begin <= since <= known.end:
        return Span(since, since)
    return Span(known.begin, min(known.end, now - 1))


def _stretch(pull: Pull, archive: Archive, span: Span, length: int, now: int) -> tuple[Span, int]:
    """Bring in one stretch; the span that is there then, and how many mails came."""
    begin = span.end - _OVERLAP if span.end > span.begin else span.end
    end = span.end + length
    last = end >= now
    # Mail with a time ahead of ours comes too.
    answer = archive.search(received(begin, None if last else end))
    pull.bring(answer.mails)
    done = min(now, answer.as_of) if last else end
    made = Span(span.begin, max(done, span.end))
    pull.marks.put(archive.url, made)
    return (Span(made.begin, now) if last else made), len(answer.mails)
