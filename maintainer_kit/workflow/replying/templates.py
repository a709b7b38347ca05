# SPDX-License-Identifier: GPL-2.0-or-later
"""Replies that begin with a text of the user's."""

from __future__ import annotations

from dataclasses import replace

from maintainer_kit.model.mail.lists import list_from_address
from maintainer_kit.model.reply.answered import Answered
from maintainer_kit.model.reply.draft import Draft
from maintainer_kit.model.reply.words import filled
from maintainer_kit.workflow.replying.desk import Desk
from maintainer_kit.workflow.replying.drafting import change


def template_names(desk: Desk) -> list[str]:
    """Sorted."""
    return sorted(desk.templates.names())


def put_template(desk: Desk, message_id: str, name: str) -> Draft:
    """Put a template before one's own words. Raises NotFound."""
    template = desk.templates.read(name)

    def changed(draft: Draft, answered: Answered) -> Draft:
        lists = [one.address for one in (*draft.to, *draft.cc) if list_from_address(one.address)]
        author = answered.sender.name or answered.sender.address
        text = filled(template, author, answered.subject, lists)
        return replace(draft, text=f"{text}\n\n{draft.text}".rstrip())

    return change(desk, message_id, changed)
