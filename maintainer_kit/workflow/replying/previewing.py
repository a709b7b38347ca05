# SPDX-License-Identifier: GPL-2.0-or-later
"""A reply as it will be sent, and what speaks against sending it."""

from __future__ import annotations

from dataclasses import dataclass

from maintainer_kit.model.mail.lists import list_from_address
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.reply.answered import Answered
from maintainer_kit.model.reply.compose import compose, own_lines
from maintainer_kit.model.reply.draft import Draft
from maintainer_kit.workflow.replying.desk import Desk, answered_mail


@dataclass(frozen=True, slots=True)
class Letter:
    """What will be sent."""

    draft: Draft
    sender: Person
    text: str
    topic_id: str
    """Empty where the mail belongs to no topic."""
    exposed: tuple[Person, ...]
    """By whom a confidential topic would become known: lists, and whom the answered mail did not
    go to."""
    lack: str
    """Why it cannot be sent; empty where it can."""


def preview(desk: Desk, draft: Draft) -> Letter:
    """Work out the text. Raises NotFound where the mail that it answers is gone."""
    answered = answered_mail(desk, draft.answers)
    text = compose(draft, answered)
    topic_id = desk.stores.catalogue.topic_ids([draft.answers]).get(draft.answers, "")
    return Letter(
        draft=draft,
        sender=desk.sender,
        text=text,
        topic_id=topic_id,
        exposed=_exposed(desk, draft, answered, topic_id),
        lack=_lack(draft, answered, text),
    )


def _lack(draft: Draft, answered: Answered, text: str) -> str:
    if not own_lines(text, answered):
        return "it says nothing"
    if not draft.subject:
        return "it has no subject"
    return "" if draft.to else "it goes to nobody"


def _exposed(desk: Desk, draft: Draft, answered: Answered, topic_id: str) -> tuple[Person, ...]:
    rows = desk.stores.catalogue.rows([topic_id]) if topic_id else []
    if not any(row.standing.confidential for row in rows):
        return ()
    private = desk.stores.policy.confidential
    lists = desk.stores.lists.names
    known = {one.key for one in (answered.sender, *answered.to, *answered.cc, *answered.reply_to)}
    found = []
    for one in (*draft.to, *draft.cc):
        name = one.key.replace("@", ".")
        is_list = name in lists or list_from_address(one.address) is not None
        is_new = one.key not in known and one.key not in desk.me
        if name not in private and (is_list or is_new):
            found.append(one)
    return tuple(found)
