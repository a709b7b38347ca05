# SPDX-License-Identifier: GPL-2.0-or-later
"""From reports to the patches that mend them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from maintainer_kit.model.message.message import Message
from maintainer_kit.model.message.subject import title_key
from maintainer_kit.model.topic.series import sort_key

if TYPE_CHECKING:  # a topic knows its fixes
    from maintainer_kit.model.topic.topic import Topic

Fix = tuple[Message, "Topic"]
"""A patch of the newest view, and the topic that it belongs to."""
_FIXED_BY = ("syz fix: ", "regzbot fix: ", "regzbot fixed-by: ")
_NEAR_PARENTS = 3


def find_fixes(reports: Sequence[Topic], series: Sequence[Topic]) -> dict[str, tuple[Fix, ...]]:
    """For each report, by its topic's id, the patches that mend it, the oldest first.

    A patch names the report in a trailer, or was sent into its thread and credits somebody who
    wrote there, or its title was named to the report's tracker.
    """
    owner = {one.message_id: topic.id for topic in reports for one in topic.messages}
    owner |= {one.reported: topic.id for topic in reports for one in topic.messages if one.reported}
    writers = {topic.id: {one.submitter.key for one in topic.messages} for topic in reports}
    titles = {title: topic.id for topic in reports for title in _named_titles(topic)}
    found: dict[str, dict[str, Fix]] = {}
    for topic in series:
        thread = _thread_of(topic, owner)
        for patch in topic.view:
            if patch is None:
                continue
            ids = {owner[name] for name in patch.mends if name in owner}
            if thread and _credits(patch, writers[thread]):
                ids.add(thread)
            if titles and (named := titles.get(patch.subject.key)):
                ids.add(named)
            for one in ids:
                found.setdefault(one, {})[patch.message_id] = (patch, topic)
    return {
        one: tuple(sorted(fixes.values(), key=lambda fix: sort_key(fix[0])))
        for one, fixes in found.items()
    }


def _thread_of(topic: Topic, owner: Mapping[str, str]) -> str:
    """The report that a posting was sent in answer to; empty without one."""
    newest = topic.revisions[-1].series
    parents = (parent for one in newest.messages for parent in one.parents[:_NEAR_PARENTS])
    return next((owner[parent] for parent in parents if parent in owner), "")


def _credits(patch: Message, writers: Iterable[str]) -> bool:
    known = frozenset(writers)
    return any(
        trailer.name in ("Reported-by", "Reported-and-tested-by") and trailer.giver in known
        for trailer in patch.trailers
    )


def _named_titles(topic: Topic) -> Iterator[str]:
    for message in topic.messages:
        for command in message.commands:
            start = next((one for one in _FIXED_BY if command.startswith(one)), None)
            title = title_key(command[len(start) :].strip("\"' ")) if start else ""
            if title:
                yield title
