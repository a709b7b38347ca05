# SPDX-License-Identifier: GPL-2.0-or-later
"""The letter of a posting comes back from an editor."""

from __future__ import annotations

from dataclasses import replace

from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.reply.edited import read_edited
from maintainer_kit.model.reply.recipients import is_address
from maintainer_kit.model.reply.threading import clean_subject
from maintainer_kit.workflow.posting.desk import PostingDesk
from maintainer_kit.workflow.posting.plan import Plan
from maintainer_kit.workflow.posting.sending import keep_letter


def take_letter(desk: PostingDesk, plan: Plan, edited: str) -> Plan:
    """The plan with what the editor left, which is kept. Raises Refused for a recipient that is
    none; the text is kept then, too."""
    found = read_edited(edited)
    letter = plan.letter
    text = found.text.replace("\r\n", "\n").strip("\n").rstrip()
    title = letter.title if found.subject is None else clean_subject(found.subject)
    to, cc = letter.to, letter.cc
    if found.to is not None or found.cc is not None:
        to, cc = _usable(found.to), _usable(found.cc)
    changed = replace(letter, to=to, cc=cc, text=text, title=title if plan.has_cover else "")
    made = replace(plan, letter=changed)
    keep_letter(desk, made)
    wrong = [one for one in (*(found.to or ()), *(found.cc or ())) if not is_address(one.address)]
    if wrong:
        words = f"{wrong[0].address or wrong[0].name} is no address; the text is kept"
        raise Refused(words, f"mkit send --edit {desk.branch.name}")
    return made


def _usable(people: tuple[Person, ...] | None) -> tuple[Person, ...]:
    return tuple(one for one in people or () if is_address(one.address))
