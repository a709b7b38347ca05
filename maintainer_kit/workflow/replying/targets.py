# SPDX-License-Identifier: GPL-2.0-or-later
"""Which mails are answered: what words of the command line name."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.message.message import Kind
from maintainer_kit.model.reply.spots import lines_of_file
from maintainer_kit.workflow.replying.desk import Desk, answered_mail
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.targets import Target, lone_message, resolve


def mails_of(stores: Stores, word: str, *, each: bool = False) -> list[str]:
    """A topic id means its cover letter, else its first patch; a Message-ID that mail.

    ``each`` means the patches: those of the newest complete view, or of the series whose cover
    letter is named.
    """
    if record := lone_message(stores, word):
        return [record.message.message_id]
    target = resolve(stores, word)
    if each:
        return list(target.message_ids)
    return [_one_of(target)]


def _one_of(target: Target) -> str:
    return target.row.message_id if target.named == target.row.id else target.named


def trailed_mails(stores: Stores, word: str) -> list[str]:
    """The mails that a trailer is given to: a cover letter speaks for its patches; without one
    each of them is answered."""
    named = mails_of(stores, word)
    records = stores.catalogue.records(named)
    is_patch = any(one.message.kind is Kind.PATCH for one in records.values())
    if not is_patch or lone_message(stores, word):
        return named
    target = resolve(stores, word)
    return list(target.message_ids) if target.named == target.row.id else named


def patches_of(stores: Stores, word: str) -> list[str]:
    """The patches in which a line is looked for."""
    return list(resolve(stores, word).message_ids)


def find_line(desk: Desk, message_ids: Sequence[str], path: str, line: int) -> tuple[str, int]:
    """The patch that shows a line of the new file (of the old one, for a negative number), and
    where in its text that stands. Of several patches the one that adds it is meant.

    Raises NotFound, and Refused where several are as good.
    """
    found: list[tuple[str, int, bool]] = []
    for message_id in message_ids:
        text = answered_mail(desk, message_id).text
        at = next(iter(lines_of_file(text, path, line)), 0)
        if at:
            found.append((message_id, at, text.split("\n")[at - 1][:1] in ("+", "-")))
    if changed := [one for one in found if one[2]]:
        found = changed
    if not found:
        raise NotFound(f"no patch shows {path}:{line}", "the number is that of the new file")
    if len(found) > 1:
        ids = ", ".join(one[0] for one in found[:3])
        raise Refused(f"{len(found)} patches show {path}:{line}", f"name one of them: {ids}")
    return found[0][:2]
