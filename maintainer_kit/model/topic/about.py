# SPDX-License-Identifier: GPL-2.0-or-later
"""Bots' mails that answer no mail, but name the commit that a patch became in somebody's tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from maintainer_kit.model.message.message import Message
from maintainer_kit.model.message.subject import title_key
from maintainer_kit.model.topic.series import sort_key


def named_title(message: Message) -> str:
    """The title, for comparing, of the commit that a bot's mail is about; empty for other mail."""
    if not message.bot or message.parents:
        return ""
    return next((title_key(check.title) for check in message.checks if check.title), "")


def find_named(
    talk: Iterable[Message], heads: Iterable[Message], owner: Mapping[str, int]
) -> dict[str, str]:
    """For each bot's mail the patch that it is about: of equal title, put to its author, and posted
    before, unless only later ones are there (a bot may be faster than a list).

    Where patches of several topics are in question nobody can tell which one it was; of several
    postings of one topic it was the newest.
    """
    titles = {one.message_id: name for one in talk if (name := named_title(one))}
    if not titles:
        return {}
    wanted = frozenset(titles.values())
    by_title: dict[str, list[Message]] = {}
    for head in sorted(heads, key=sort_key):
        if head.diff is not None and head.subject.key in wanted and not head.review_of:
            by_title.setdefault(head.subject.key, []).append(head)
    found: dict[str, str] = {}
    for message in talk:
        title = titles.get(message.message_id)
        tested = _tested(message, by_title.get(title, [])) if title else []
        if tested and len({owner[one.message_id] for one in tested}) == 1:
            found[message.message_id] = tested[-1].message_id
    return found


def _tested(message: Message, heads: Sequence[Message]) -> list[Message]:
    """Those that a bot's mail can be about, by date."""
    people = {*message.to, *message.cc}
    known = [one for one in heads if {one.submitter.key, one.author.key} & people]
    return [one for one in known if one.date <= message.date] or known[:1]
