# SPDX-License-Identifier: GPL-2.0-or-later
"""Bots whose word is awaited: which ones, and until when."""

from __future__ import annotations

from maintainer_kit.errors import ConfigError
from maintainer_kit.model.queue.verdict import WAITING_TURNS, Awaited, Me, Verdict
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.model.topic.topic import Topic

_MAX_HOURS = 24 * 365


def read_expectation(line: str) -> tuple[str, int]:
    """The bot of a line ``NAME HOURS`` of the settings, and its time in seconds.

    Raises ConfigError for another line.
    """
    name, _, hours = line.strip().rpartition(" ")
    if not name.strip() or not hours.isdecimal() or not 0 < int(hours) <= _MAX_HOURS:
        raise ConfigError(
            f"mkit.expect is {line!r}, which is no bot with a number of hours",
            "git config mkit.expect 'kernel test robot 48'",
        )
    return name.strip(), int(hours) * 3600


def awaited_bots(topic: Topic, me: Me) -> Awaited:
    """The expected bots that have not answered the newest revision, and by when they should.

    Where I maintain lists, only what was sent to one of them is waited for.
    """
    newest = topic.newest
    if not me.expects or newest is None or topic.kind is not TopicKind.SERIES:
        return ()
    series = newest.series
    lists = {name for message in series.messages for name in message.lists}
    if not series.date or (me.lists and lists.isdisjoint(me.lists)):
        return ()
    here = {message.message_id for message in series.messages}
    spoken = {one.message.bot.lower() for one in topic.follow_ups if one.head_id in here}
    return tuple((bot, series.date + t) for bot, t in me.expects if bot.lower() not in spoken)


def wait_until(topic: Topic, awaited: Awaited, verdict: Verdict) -> int:
    """Until when a topic waits for tests; 0 when somebody has answered the newest revision
    already, when part of it is missing, or when it is somebody else's turn."""
    newest = topic.newest
    if not awaited or newest is None or None in topic.view or verdict.turn not in WAITING_TURNS:
        return 0
    here = {message.message_id for message in newest.series.messages}
    if any(one.head_id in here and one.message.is_from_person for one in topic.follow_ups):
        return 0
    return max(by for _, by in awaited)
