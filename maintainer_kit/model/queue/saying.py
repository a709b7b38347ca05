# SPDX-License-Identifier: GPL-2.0-or-later
"""What single mails want, and where they say it."""

from __future__ import annotations

from maintainer_kit.model.message.message import Kind, Message, Says


def wants_answer(message: Message) -> bool:
    """A question always; a comment unless it comes with a tag that says "good"."""
    if Says.QUESTION in message.says:
        return True
    return Says.COMMENT in message.says and not approves(message)


def approves(message: Message) -> bool:
    """Whether a mail gives a tag that says "good"."""
    return any(trailer.reviews for trailer in message.trailers)


def will_look(message: Message) -> bool:
    """Whether its writer is to act next, as nothing is asked of others."""
    return Says.WILL_LOOK in message.says and Says.QUESTION not in message.says


def place_of(head: Message | None, of: str = "") -> str:
    """`` on 2/5`` for one of several patches, `` on 2/5 of v1`` when told of what; else empty."""
    if head is not None and head.kind is Kind.PATCH:
        number, total = head.subject.number, head.subject.total
        if number and total and total > 1:
            return f" on {number}/{total} of {of}" if of else f" on {number}/{total}"
    return f" on {of}" if of else ""
