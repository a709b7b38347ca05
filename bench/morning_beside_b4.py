# SPDX-License-Identifier: GPL-2.0-or-later
"""The morning of ``bench.triage_keys`` beside the same in ``b4 review tui``: keys, seconds, what
came of it, and what could not be said.

    python -m bench.morning_beside_b4 MBOX... --me ADDRESS --list ADDRESS --b4 PYTHON
        [--series 100] [--tracked N] [--seed 1]

PYTHON is an interpreter that has b4 (0.16 or 0.17) and textual. First mkit's screens are played:
each series of the queue is opened, its first mail read by a page, and decided about as a plan made
of the seed says. Then b4's, with the same series in the same order and the same deeds. b4 fetches
each thread from a server of the same mail on this machine (``mkit serve --lore``), with its checks
of signatures off, which ask name servers. What b4 has no word for is read and left. With --tracked
it tracks so many series of the mail, those of the morning on top.

Afterwards mkit's command line and b4's own database have to tell for each series what was meant.
How busy the machine was with other work is told, too.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.b4_review import Review
from bench.b4_screen import NEW, B4Screen, Effort
from bench.home import MKIT, Home
from bench.lore_servers import started as serving
from bench.tmux import started
from bench.triage_keys import DEEDS, SIZE, Deed, Json, compare, home_of, play, standing

_GONE = ""


@dataclass(frozen=True, slots=True)
class Word:
    """How b4 says a deed, and how it is seen afterwards in its database."""

    decide: Callable[[B4Screen, str], None] | None
    state: str
    reading: tuple[str, ...] = ()
    """Keys that say it while the mail is read."""


_WORDS = {
    "changes-requested": Word(B4Screen.wait, "waiting"),
    "rejected": Word(B4Screen.abandon, _GONE),
    "deferred": Word(B4Screen.snooze, "snoozed"),
    "archived": Word(B4Screen.archive, "archived"),
    "starred": Word(None, "new", ("F",)),
}
"""By the value, or the field, that the deed sets. Not there: "accepted" is what is applied to a
branch ([T]ake, after [r]eview on a base), and nothing is like "watch"."""
_MUTE = Word(None, "new")


def _word(deed: Deed) -> Word:
    return _WORDS.get(str(deed.value), _WORDS.get(deed.field, _MUTE))


def play_b4(
    review: Review, argv: Sequence[str], meant: Mapping[str, Deed], tracked: Sequence[str]
) -> tuple[B4Screen, float]:
    """The same deeds in b4, and what it took of a processor; ``tracked`` are ids from the top."""
    with started(argv, review.folder, review.env, SIZE) as screen:
        b4 = B4Screen(screen, tracked)
        with b4.counted("limiting the list"):
            b4.limit(NEW)
        for number, (topic, deed) in enumerate(meant.items()):
            if number and number % 10 == 0:
                print(f"  b4: {number} of {len(meant)}, {screen.keys} keys", file=sys.stderr)
            word = _word(deed)
            with b4.counted("going to the next"):
                b4.go_to(topic)
            with b4.counted("reading"):
                b4.read(*word.reading)
            if word.decide:
                with b4.counted(deed.words):
                    word.decide(b4, topic)
        return b4, b4.processor


def wrong_in_b4(home: Home, review: Review, meant: Mapping[str, Deed]) -> set[str]:
    """Topics of which b4's state is not as meant, or as it was where b4 has no word for it."""
    states = review.states()
    flagged = {_topic_of(home, one) for one in review.flagged()}
    wrong = flagged - meant.keys()
    for topic, deed in meant.items():
        word = _word(deed)
        if states.get(topic, _GONE) != word.state or (topic in flagged) != bool(word.reading):
            wrong.add(topic)
    return wrong | {one for one, state in states.items() if one not in meant and state != "new"}


def _topic_of(home: Home, message_id: str) -> str:
    quoted = message_id.replace('"', '""')
    return str(home.json("search", f'id:"{quoted}"')["topics"][0]["id"])


def _table(
    meant: Mapping[str, Deed], ours: set[str], theirs: set[str], efforts: Mapping[str, Effort]
) -> Iterator[str]:
    """A line for each deed: how often, keys and how often as meant of both."""
    yield f"{'deed':22} {'times':>5} {'mkit keys':>10} {'right':>6} {'b4 keys':>8} {'right':>6}"
    for deed, times in Counter(meant.values()).most_common():
        topics = {topic for topic, one in meant.items() if one == deed}
        word = _word(deed)
        mine = f"{times * len(deed.keys):>10} {len(topics - ours):>6}"
        keys = efforts[deed.words].keys if word.decide else times * len(word.reading)
        other = f"{keys:>8} {len(topics - theirs):>6}" if keys else f"{'cannot':>8} {'-':>6}"
        yield f"{deed.words:22} {times:>5} {mine} {other}"


def _efforts(size: int, efforts: Mapping[str, Effort], processor: float) -> Iterator[str]:
    deeds = {deed.words for deed in DEEDS}
    sorts = {one: efforts[one] for one in efforts.keys() - deeds}
    sorts["deciding"] = _sum(efforts[one] for one in efforts.keys() & deeds)
    whole = _sum(sorts.values())
    yield _took("b4", whole.keys, whole.seconds, processor, size)
    for name, one in sorted(sorts.items()):
        yield f"      {one.keys:>5} keys, {one.seconds:6.1f} s {name}"


def _took(name: str, keys: int, seconds: float, processor: float, size: int) -> str:
    each = f"{keys / size:.1f} keys and {seconds / size:.2f} s a series"
    return f"{name:5} {keys} keys, {seconds:.1f} s, {processor:.1f} s of a processor: {each}"


def _sum(efforts: Iterable[Effort]) -> Effort:
    found = list(efforts)
    return Effort(sum(one.keys for one in found), sum(one.seconds for one in found))


def _told_load(when: str) -> None:
    load = f"{os.getloadavg()[0]:.2f} of {os.cpu_count()} processors"
    print(f"{when}: load average {load}", flush=True)


def _tracked(before: Mapping[str, Json], meant: Mapping[str, Deed], number: int) -> list[Json]:
    """The series of the morning, in its order, and as many others as are wanted."""
    others = (one for one in before.values() if one["kind"] == "series" and one["id"] not in meant)
    found = [*(before[topic] for topic in meant), *others][: max(number, len(meant))]
    if len(found) < number:
        raise SystemExit(f"these mboxes have {len(found)} series")
    return found


def main() -> int:
    given = _options()
    with tempfile.TemporaryDirectory(prefix="mkit-bench-") as folder:
        base = Path(folder)
        home = home_of(base / "home", given.me, given.lists, given.mboxes)
        before = standing(home)
        _told_load("before mkit")
        played = play(home, random.Random(given.seed), given.series, only_series=True)
        took = played.keys, played.seconds, played.processor
        print(_took("mkit", *took, len(played.meant)))
        ours = {one.partition(":")[0] for one in compare(before, standing(home), played.meant)}
        tracked = _tracked(before, played.meant, given.tracked)
        review = Review(base, given.b4, tracked[::-1])
        _told_load("before b4")
        with serving([*MKIT, "serve", "--lore", "--port", "0"], base) as url:
            options = ("-c", f"b4.midmask={url}/%s", "-c", "b4.attestation-policy=off")
            argv = review.argv(*options)
            b4, processor = play_b4(review, argv, played.meant, [one["id"] for one in tracked])
        _told_load("after b4")
        theirs = wrong_in_b4(home, review, played.meant)
    print("\n".join(_table(played.meant, ours, theirs, b4.efforts)))
    print("\n".join(_efforts(len(played.meant), b4.efforts, processor)))
    print(f"b4's cursor had left the series that was read {b4.slips} times")
    print(f"{len(ours)} topics of mkit and {len(theirs)} of b4 are not as meant, of {len(tracked)}")
    return 1 if ours or theirs else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("mboxes", nargs="+", metavar="MBOX")
    parser.add_argument("--me", required=True, metavar="ADDRESS")
    parser.add_argument("--list", dest="lists", action="append", default=[], metavar="ADDRESS")
    parser.add_argument("--b4", required=True, metavar="PYTHON")
    parser.add_argument("--series", type=int, default=100, metavar="N")
    parser.add_argument("--tracked", type=int, default=0, metavar="N", help="default: --series")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
