# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails that say that a series was taken, applied, queued or become commits, and of which patches
they say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maintainer_kit.model.message.message import Kind, Message, Says
from maintainer_kit.model.queue.case import Case
from maintainer_kit.model.topic.topic import Topic


@dataclass(frozen=True, slots=True)
class Telling:
    """A mail that says that patches were taken."""

    message: Message
    patches: frozenset[str]
    """Those of the newest complete view that it speaks of; none where it speaks of older ones."""

    is_subset: bool = False
    """It speaks of fewer commits than there are patches: only its text tells which of ``patches``
    were taken."""


def names_commit(message: Message) -> bool:
    """Of notifications, and of bots that tell no results of tests: what was taken has an id."""
    if message.kind is Kind.COMMIT:
        return bool(message.commits) or Says.APPLIED in message.says
    return bool(message.bot and message.commits and not message.checks and not message.says)


def says_applied(message: Message) -> bool:
    """Of people, whether they may say so or not."""
    return Says.APPLIED in message.says and message.is_from_person


def _may_say(case: Case, message: Message) -> bool:
    return says_applied(message) and (case.me.sent(message) or not case.is_author(message))


def tellings(case: Case) -> list[Telling]:
    """The mails of the talk that say so, by date: notifications, and people who may."""
    view = frozenset(patch.message_id for patch in case.topic.view if patch)
    told = (one for one in case.talk if names_commit(one) or _may_say(case, one))
    return [_telling(case, one, view) for one in told]


def last_of_all(case: Case) -> Message | None:
    """The last of the mails that together say it of all patches: of those that name commits, else
    of people's; None where no such mails speak of all."""
    told = tellings(case)
    named = [one for one in told if names_commit(one.message)]
    return _last(case, named) or _last(case, [one for one in told if _may_say(case, one.message)])


def _last(case: Case, told: Sequence[Telling]) -> Message | None:
    covered = frozenset[str]().union(*(one.patches for one in told if not one.is_subset))
    whole = all(patch is None or patch.message_id in covered for patch in case.topic.view)
    return told[-1].message if told and whole else None


def _telling(case: Case, message: Message, view: frozenset[str]) -> Telling:
    """Of all patches where it says so, answers the cover letter or names as many commits; of a
    series without a cover letter "applied" below the first patch is about that one."""
    head_id = case.head_of[message.message_id]
    if Says.WHOLE in message.says:
        return Telling(message, view)
    head = case.heads.get(head_id) if head_id in case.now else None
    named = len(message.commits)
    if head is not None and (head.kind is Kind.COVER or named >= len(view)):
        return Telling(message, view, is_subset=named < len(view) and _lists_commits(message))
    return Telling(message, view & {head_id})


def _lists_commits(message: Message) -> bool:
    """Whether a mail lists each commit, and so may leave some out. A notification does not: below
    a cover letter it is about the merge."""
    if message.kind is Kind.COMMIT:
        return False
    return bool(message.bot) or "(subset)" in message.full_subject.lower()


def pulled_by(topic: Topic) -> Message | None:
    """The mail that says that a pull request was pulled: a bot's that names the merge, else the
    last of a person who did not ask for it."""
    answers = [one.message for one in topic.follow_ups]
    named = [message for message in answers if message.bot and message.commits]
    if named:
        return named[-1]
    said = [m for m in answers if Says.APPLIED in m.says and m.submitter != topic.root.submitter]
    return said[-1] if said else None
