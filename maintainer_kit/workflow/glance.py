# SPDX-License-Identifier: GPL-2.0-or-later
"""What one wants to know of a topic before opening it: where it stands, and what was said last."""

from __future__ import annotations

from dataclasses import dataclass

from maintainer_kit.errors import NotFound
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.patch.quotes import own_words, read_lines, split_stretches
from maintainer_kit.workflow.messages import read_text
from maintainer_kit.workflow.newcomers import newcomers
from maintainer_kit.workflow.reading import Detail, detail_now
from maintainer_kit.workflow.stores import Stores

_MOST = 12
"""Lines of a mail."""
_MAX_TEXT = 1 << 16
"""Characters of a mail that are looked at."""


@dataclass(frozen=True, slots=True)
class Glance:
    """A topic with the beginning of one of its mails."""

    detail: Detail
    latest: Message
    """What a person said last; where nobody has, the mail that stands for the topic."""
    words: tuple[str, ...]
    """Its first lines, without what it quotes; none where the mail is gone."""
    is_first: bool = False
    """Whether its author had written nothing here before."""

    @property
    def is_answered(self) -> bool:
        """Whether anybody has said anything."""
        return self.latest is not self.detail.topic.root


def glance(stores: Stores, topic_id: str) -> Glance | None:
    """A look at a topic; None once it is gone."""
    rows = stores.catalogue.rows([topic_id])
    if not rows:
        return None
    detail = detail_now(stores, rows[0])
    topic = detail.topic
    said = [one.message for one in topic.follow_ups if one.message.is_from_person]
    latest = said[-1] if said else topic.root
    is_first = bool(newcomers(stores, [detail.row]))
    return Glance(detail, latest, _words(stores, latest), is_first)


def _words(stores: Stores, message: Message) -> tuple[str, ...]:
    try:
        text = read_text(stores, message.message_id).text[:_MAX_TEXT]
    except NotFound:
        return ()
    found = first_words(text, _MOST)
    # Below a trailer often stands the name of its giver, and nothing else.
    return () if len(found) == 1 and found[0] in message.author.name.split() else tuple(found)


def first_words(text: str, most: int) -> list[str]:
    """What the writer of a mail says himself, up to ``most`` lines of it, without trailers."""
    before_diff = text.partition("\n---\n")[0].partition("\ndiff --git ")[0]
    lines = read_lines(before_diff)
    found: list[str] = []
    for stretch in split_stretches(lines, [line.quoted for line in lines]):
        said = [lines[at].text for at in stretch.said]
        words = own_words(said, before_quote=stretch.said.stop < len(lines)).text
        found += [line for line in words.split("\n") if line]
        if len(found) >= most:
            break
    return found[:most]
