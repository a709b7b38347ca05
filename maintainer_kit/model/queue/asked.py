# SPDX-License-Identifier: GPL-2.0-or-later
"""Who is asked by a mail, besides the author."""

from __future__ import annotations

from maintainer_kit.model.message.message import Message, Says
from maintainer_kit.model.queue.called import address_words, call_words, calls_of
from maintainer_kit.model.queue.case import Case

ME = "/me"
"""What I am known by among those who are asked."""


class Words:
    """Who is meant by a name in this talk."""

    def __init__(self, case: Case) -> None:
        self.mine = case.me.call_words
        authors = [head.submitter for head in case.posted[:20]]
        self.authors = frozenset[str]().union(*map(call_words, authors))
        self.others = frozenset[str]().union(
            *(call_words(one.submitter) for one in case.persons if not case.is_author(one))
        )

    def meant(self, name: str, message: Message) -> str:
        """``ME``, the name of another one, or empty: the author, or nobody who is here."""
        if name in self.mine:
            return ME
        if name in self.authors:
            return ""
        if name in self.others:
            return name
        written = (address_words(one) for one in (*message.to, *message.cc))
        return name if any(name in one for one in written) else ""


def asked_by(case: Case, words: Words, message: Message) -> dict[str, str]:
    """Who is asked by a mail besides the author: by name, else by what it answers. The word by
    which they are known, with their name."""
    called = calls_of(message)
    is_question = Says.QUESTION in message.says
    if called and (is_question or not case.is_author(message)):
        meant = {one: name.title() for name in called if (one := words.meant(name, message))}
        if case.me.sent(message):
            meant.pop(ME, None)
        if meant:
            return meant
    if not is_question or not words.authors.isdisjoint(called):
        return {}
    parent = next(case.above(message), None)
    if parent is None or parent.submitter.key == message.submitter.key or case.is_author(parent):
        return {}
    if not case.is_author(message) and not is_among_reviewers(case, message):
        return {}
    if case.me.sent(parent):
        return {ME: ""}
    word = min(call_words(parent.submitter), default=parent.submitter.key)
    return {word: case.me.name_of(parent)}


def is_among_reviewers(case: Case, message: Message) -> bool:
    """Whether it answers another reviewer, and the author is not in its To."""
    if not case.author_keys.isdisjoint(message.to):
        return False
    parent = next(case.above(message), None)
    return (
        parent is not None
        and parent.submitter.key != message.submitter.key
        and not case.is_author(parent)
    )
