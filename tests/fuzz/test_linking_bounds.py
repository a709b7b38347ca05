# SPDX-License-Identifier: GPL-2.0-or-later
"""Linking takes time that grows with the number of mails, not with its square.

Four times as many mails may take up to nine times as long; a quadratic loop takes sixteen.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from maintainer_kit.model.message.message import Kind, Message
from maintainer_kit.model.message.subject import parse_subject
from maintainer_kit.model.topic.cluster import split_clusters
from maintainer_kit.model.topic.topic import collect_topics
from tests.build import DAY, patch, read, reply

FEW = 400
MANY = 4 * FEW
FACTOR = 9
ATTEMPTS = 3
"""This machine may be busy: the best attempt counts."""

PATCH = read(patch("[PATCH] pebble: remove what nobody has used for years", message_id="0@x"))
ANSWER = read(reply("0@x", "words"))


def one(
    at: object,
    subject: str = "",
    parents: Sequence[str] = (),
    minutes: int = 0,
    sketch: tuple[int, ...] = (1, 2),
    **more: tuple[str, ...] | str,
) -> Message:
    """A patch; of the same title as all others where no subject is given."""
    found = replace(
        PATCH,
        message_id=f"{at}@x",
        parents=tuple(parents),
        date=PATCH.date + 60 * minutes,
        sketch=sketch,
        landmarks=sketch[:3],
    )
    found = replace(found, subject=parse_subject(subject)) if subject else found
    return replace(found, **more)  # type: ignore[arg-type]


def below_answers(count: int) -> list[Message]:
    """As many answers of one another, and as many patches below the last one."""
    answers = [
        replace(ANSWER, message_id=f"d{at}@x", parents=(f"d{at - 1}@x",) if at else ("top@x",))
        for at in range(count)
    ]
    patches = [one(at, f"[PATCH] t{at}: x", [f"d{count - 1}@x"], at) for at in range(count)]
    return [one("top"), *answers, *patches]


def rerolls(count: int) -> list[Message]:
    """A tenth of as many patches, posted ten times, each with a diff of its own."""
    total = count // 10
    return [
        one(
            f"{revision}-{at}",
            f"[PATCH v{revision} {at}/{total}] t{at}: x",
            [f"{revision}-1@x"] if at > 1 else [],
            revision * DAY,
            tuple(at * 100 + line for line in range(24)),
        )
        for revision in range(1, 11)
        for at in range(1, total + 1)
    ]


def covers(count: int) -> list[Message]:
    return [
        replace(
            one(at, f"[PATCH v{at % 90 + 1} 0/3] t: all of it", minutes=at * 30),
            kind=Kind.COVER,
            diff=None,
            sketch=(),
        )
        for at in range(count)
    ]


WORK: dict[str, Callable[[int], list[Message]]] = {
    "patches of one title": lambda n: [one(at, minutes=at) for at in range(n)],
    "patches with one long line": lambda n: [
        one(at, f"[PATCH] t{at}: x", minutes=at, sketch=(7,)) for at in range(n)
    ],
    "patches in one thread": lambda n: [
        one("top"),
        *(one(at, f"[PATCH] t{at}: x", ["top@x"], at) for at in range(n)),
    ],
    "patches that answer one another": lambda n: [
        one(at, f"[PATCH] t{at}: x", [f"{up}@x" for up in range(at - 1, max(-1, at - 60), -1)], at)
        for at in range(n)
    ],
    "patches below a deep thread": below_answers,
    "a series in which each answers the one before": lambda n: [
        one(at, f"[PATCH {at}/{n}] t{at}: x", [f"{at - 1}@x"]) for at in range(1, n + 1)
    ],
    "a series without a thread": lambda n: [
        one(at, f"[PATCH {at}/{n}] t{at}: x") for at in range(1, n + 1)
    ],
    "one number again and again": lambda n: [
        one(at, f"[PATCH 1/2] t{at}: x", ["lost@x"], at) for at in range(n)
    ],
    "a large series rerolled ten times": rerolls,
    "one change-id": lambda n: [
        one(at, f"[PATCH v{at % 100 + 1}] t{at}: x", minutes=at * 30, change_id="a")
        for at in range(n)
    ],
    "links to all before": lambda n: [
        one(
            at,
            f"[PATCH] t{at}: x",
            minutes=at,
            links=tuple(f"{older}@x" for older in range(max(0, at - 30), at)),
            listed=tuple(f"{older}@x" for older in range(max(0, at - 90), at)),
        )
        for at in range(n)
    ],
    "cover letters of one title": covers,
    "patches without a date": lambda n: [
        replace(one(at, f"[PATCH v{at % 50 + 1}] t: x"), date=0) for at in range(n)
    ],
}


def seconds(messages: Sequence[Message]) -> float:
    """Of the processor, to find the topics of all."""
    start = time.process_time()
    for cluster in split_clusters(messages):
        collect_topics(cluster)
    return time.process_time() - start


@pytest.mark.parametrize("name", WORK)
def test_time_is_linear(name: str) -> None:
    few, many = WORK[name](FEW), WORK[name](MANY)
    tries = ((seconds(few), seconds(many)) for _ in range(ATTEMPTS))
    assert any(later < FACTOR * (first + 0.005) for first, later in tries)


def test_mails_are_joined_by_few_keys() -> None:
    """All of these are one cluster, and are found to be so."""
    for name in ("patches of one title", "patches with one long line", "one change-id"):
        assert len(split_clusters(WORK[name](50))) == 1, name
