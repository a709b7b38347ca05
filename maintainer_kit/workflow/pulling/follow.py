# SPDX-License-Identifier: GPL-2.0-or-later
"""``pull --follow``: older and newer revisions of topics, and what was said about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from maintainer_kit.model.message.archive_place import MailPlace
from maintainer_kit.model.topic.topic import Topic
from maintainer_kit.workflow.batches import batched
from maintainer_kit.workflow.pulling.archive import Archive, NotInArchive, Span
from maintainer_kit.workflow.pulling.finding import all_of, any_of, received, words_of
from maintainer_kit.workflow.pulling.pull import Pull
from maintainer_kit.workflow.pulling.thread import pull_thread
from maintainer_kit.workflow.several import topics_of

_BATCH = 8
"""Topics a query: a hundred and fifty topics are twenty requests."""
_OVERLAP = 86400


def pull_follow(pull: Pull, address: str, topic_ids: Sequence[str]) -> None:
    """Bring in the revisions that are missing of these topics: those that their mails name, and
    those that a change-id, or the title and the author, find."""
    archive = pull.archive(address)
    catalogue = pull.stores.catalogue
    topics = [topic for _, topic in topics_of(catalogue, catalogue.rows(topic_ids))]
    series = [topic for topic in topics if topic.revisions]
    for batch in batched(series, _BATCH):
        _search(pull, archive, batch)
    for message_id in _named(pull, series):
        try:
            pull_thread(pull, MailPlace(message_id, address))
        except NotInArchive:
            pull.pulled.absent.append(message_id)


def _search(pull: Pull, archive: Archive, topics: Sequence[Topic]) -> None:
    marks = [pull.marks.get(_key(archive, topic)) for topic in topics]
    query = any_of(query_of(topic) for topic in topics)
    starts = [mark.end for mark in marks if mark]
    if len(starts) == len(marks):
        query = f"({query}) AND {received(min(starts) - _OVERLAP)}"
    answer = archive.search(query, threads=True)
    pull.bring(answer.mails)
    for topic in topics:
        pull.marks.put(_key(archive, topic), Span(0, answer.as_of))


def query_of(topic: Topic) -> str:
    """What finds the revisions of a series: its change-id, or its title by its author."""
    newest = topic.revisions[-1].series
    author = newest.first.submitter
    by_title = all_of(words_of("s", newest.title), words_of("f", author.address))
    return any_of((words_of("b", newest.change_id), by_title))


def _named(pull: Pull, topics: Iterable[Topic]) -> list[str]:
    """Older revisions that mails name, and that are not there."""
    messages = (
        message
        for topic in topics
        for revision in topic.revisions
        for message in revision.series.messages
    )
    named = list(dict.fromkeys(one for message in messages for one in message.links))
    held = pull.holds(named)
    return [one for one in named if one not in held]


def _key(archive: Archive, topic: Topic) -> str:
    return f"{archive.url} follow {topic.id}"
