# SPDX-License-Identifier: GPL-2.0-or-later
"""A year of a list, a morning a day: is each reroll that waits for a reviewer in their queue?

    python -m bench.morning MBOX... --year 2025 [--from DATE] [--days N] [--me ADDRESS]...
        [--people N] [--list LIST] [--truth TSV] [--json]

Mail arrives in the order of its dates, in steps of a day (UTC): what came is imported into a home
of its own, with MKIT_NOW at the day's end, then ``mkit list --turn me --json`` is asked. Mail of
the years before is imported at the start. Beside it stands an account by plain means (see
plain_mail.py, plain_words.py, plain_postings.py, rerolls_due.py) of the rerolls, v2 or later, of
what the reader had commented on, to which the reader has not answered since, that nobody took.
Each of these that is not among the topics whose turn is "me" is told, with the days and with what
mkit says instead. Exit 1 where there is any.

Each --me is one reader, with all addresses of the same name, played apart; without any, those
--people who commented most in that year. --list is the reader's own list. --truth names patches
that landed (columns message_id, commit, tier): word of it stands beside what is missing, as no mail
tells it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bench.landed_table import read_landed
from bench.morning_home import MorningHome
from bench.morning_tally import Missing, Tally
from bench.plain_mail import PlainMail, read_plain
from bench.rerolls_due import Due, Person, Rerolls, most_active, named

_TOLD = 30.0
"""Seconds between words on how far it is."""


def mornings(first: date, days: int) -> Iterator[tuple[date, int]]:
    """Each day with its end, in seconds since the epoch."""
    for number in range(days):
        day = first + timedelta(days=number)
        yield day, round(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) + 86_400


def play(
    home: MorningHome, me: Person, mails: Sequence[PlainMail], first: date, days: int
) -> Tally:
    """Let the days pass, and count what is due and what of it is missing."""
    tally, rerolls = Tally(), Rerolls(me)
    waiting = list(reversed(mails))
    told = time.monotonic()
    for day, end in mornings(first, days):
        arrived = list(_until(waiting, end))
        for mail in arrived:
            rerolls.take(mail)
        home.receive([mail.raw for mail in arrived], end)
        check(home, rerolls.due(), tally, day)
        if time.monotonic() - told > _TOLD:
            told = time.monotonic()
            print(f"  {day}: {tally.summary}", file=sys.stderr, flush=True)
    return tally


def _until(waiting: list[PlainMail], end: int) -> Iterator[PlainMail]:
    """Take those that arrive before an end from the stack."""
    while waiting and waiting[-1].arrived < end:
        yield waiting.pop()


def check(home: MorningHome, due: Sequence[Due], tally: Tally, day: date) -> None:
    """Hold one day's end against the queue."""
    mine = home.my_turn()
    tally.days += 1
    for one in due:
        tally.count(one)
        found = home.topic_of(one.ids[0]) if mine.isdisjoint(one.ids) else None
        if found is not None and found["id"] not in mine:
            tally.miss(one, day, f"{found['turn']}: {found['turn_reason']}")


def report(me: Person, tally: Tally, landed: Mapping[str, str]) -> Iterator[str]:
    """The sums, then each miss."""
    yield f"{me.name or ', '.join(sorted(me.addresses))}: {tally.summary}"
    for missing in tally.missing():
        first, last = missing.days[0], missing.days[-1]
        yield f"  {missing.message_id}  {missing.subject}"
        yield f"    {len(missing.days)} days, {first} to {last}; commented in {missing.comment}"
        yield from (f"    mkit, {days} days: {said}" for said, days in missing.instead.items())
        yield from _landed(missing, landed)


def _landed(missing: Missing, landed: Mapping[str, str]) -> Iterator[str]:
    words = [f"{one} is {landed[one]}" for one in missing.ids if one in landed]
    if words:
        yield f"    landed at some time: {'; '.join(words[:3])}"


def _people(given: argparse.Namespace, mails: Sequence[PlainMail]) -> Iterator[Person]:
    """The readers, each with all addresses of the name."""
    if not given.me:
        of_year = (one for one in mails if _day(one).year == given.year)
        yield from (named(name, mails) for name in most_active(of_year, given.people))
    for address in given.me or ():
        sent = (one.name for one in reversed(mails) if one.address == address.lower())
        name = next(sent, "")
        yield named(name, mails) if name else Person(frozenset({address.lower()}))


def _day(mail: PlainMail) -> date:
    return datetime.fromtimestamp(mail.arrived, UTC).date()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("mboxes", nargs="+", type=Path, metavar="MBOX")
    parser.add_argument("--year", type=int, required=True)
    parser.add_argument("--from", dest="first", type=date.fromisoformat, metavar="DATE")
    parser.add_argument("--days", type=int, default=0, help="default: to the end of the year")
    parser.add_argument("--me", action="append", metavar="ADDRESS")
    parser.add_argument("--people", type=int, default=3)
    parser.add_argument("--list", action="append", default=[])
    parser.add_argument("--truth", type=Path)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _play_for(me: Person, given: argparse.Namespace, mails: Sequence[PlainMail]) -> Tally:
    first = given.first or date(given.year, 1, 1)
    days = given.days or (date(given.year + 1, 1, 1) - first).days
    with tempfile.TemporaryDirectory(prefix="mkit-morning-") as name:
        home = MorningHome(Path(name), me, given.list)
        return play(home, me, mails, first, days)


def main() -> None:
    given = _options()
    mails = sorted(read_plain(given.mboxes), key=lambda one: one.arrived)
    landed = read_landed(given.truth) if given.truth else {}
    any_missing = False
    for me in _people(given, mails):
        start = time.monotonic()
        tally = _play_for(me, given, mails)
        any_missing |= bool(tally.missing())
        if given.json:
            sums = {"name": me.name, "days": tally.days, "due": tally.due, "checks": tally.checks}
            print(json.dumps({**sums, "missing": [asdict(one) for one in tally.missing()]}))
            continue
        print("\n".join(report(me, tally, landed)))
        print(f"  played in {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
    raise SystemExit(1 if any_missing else 0)


if __name__ == "__main__":
    os.environ.pop("MKIT_NOW", None)
    main()
