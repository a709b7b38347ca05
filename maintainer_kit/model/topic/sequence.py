# SPDX-License-Identifier: GPL-2.0-or-later
"""In which order the postings of a topic were made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from maintainer_kit.model.topic.posting import Posting

_HOUR = 3600
_DAY = 24 * _HOUR


def in_sequence(group: Iterable[int], postings: Sequence[Posting]) -> list[int]:
    """Indexes of a topic's postings, oldest first.

    By date, because a series that was an RFC up to v3 may begin again at v1. Within a day by
    revision, where it falls by one, because clocks of senders differ and a mail without a date
    says nothing.
    """
    by_date = sorted(group, key=lambda at: (postings[at].series.date, at))
    runs: list[list[int]] = []
    for at in by_date:
        if runs and not _begins_again(at, runs[-1], postings):
            runs[-1].append(at)
        else:
            runs.append([at])
    return [at for run in runs for at in sorted(run, key=lambda at: _place(at, postings))]


def _place(at: int, postings: Sequence[Posting]) -> tuple[tuple[int, int], int, int]:
    one = postings[at]
    return (one.order, one.series.date, at)


def _begins_again(at: int, run: Sequence[int], postings: Sequence[Posting]) -> bool:
    one, before = postings[at], postings[run[-1]]
    gap = one.series.date - before.series.date
    # No clock makes a v1 of what comes hours after v5.
    enough = _HOUR if before.series.revision - one.series.revision > 1 else _DAY
    return one.order < before.order and before.series.date > 0 and gap > enough
