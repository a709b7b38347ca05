# SPDX-License-Identifier: GPL-2.0-or-later
"""A draft goes into an editor, and what comes out is taken back."""

from __future__ import annotations

from dataclasses import replace

from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.reply.compose import compose
from maintainer_kit.model.reply.draft import Draft
from maintainer_kit.model.reply.edited import Edited, read_edited
from maintainer_kit.model.reply.edited import to_edit as shown_draft
from maintainer_kit.model.reply.recipients import is_address
from maintainer_kit.model.reply.threading import clean_subject
from maintainer_kit.workflow.replying.desk import Desk, answered_mail
from maintainer_kit.workflow.replying.drafting import change, draft_of

_EMPTY = "nothing was written: the reply was given up"


def to_edit(desk: Desk, message_id: str, *, is_whole: bool = True) -> str:
    """What the editor shows: To, Cc and Subject, a blank line, the text. ``is_whole``: where
    nothing is commented on yet, all of the mail is quoted."""
    draft = draft_of(desk, message_id)
    text = compose(draft, answered_mail(desk, message_id), is_whole=is_whole)
    return shown_draft(draft.to, draft.cc, draft.subject, text)


def take_edited(desk: Desk, message_id: str, edited: str) -> Draft:
    """Take what the editor left. Raises Refused, and leaves the draft as it was, where that is
    nothing; Refused also for a recipient that is none, and then the text is kept."""
    found = read_edited(edited)
    if not found.text.strip():
        raise Refused(_EMPTY, "mkit reply --drafts lists what was kept")
    draft = change(desk, message_id, lambda one, _: _taken(one, found))
    wrong = [one for one in (*(found.to or ()), *(found.cc or ())) if not is_address(one.address)]
    if wrong:
        words = f"{wrong[0].address or wrong[0].name} is no address; the text is kept"
        raise Refused(words, f"mkit reply --edit {draft.id}")
    return draft


def _taken(draft: Draft, found: Edited) -> Draft:
    to, cc = draft.to, draft.cc
    if found.to is not None or found.cc is not None:
        to, cc = _usable(found.to), _usable(found.cc)
    subject = draft.subject if found.subject is None else clean_subject(found.subject)
    written = found.text.replace("\r\n", "\n").strip("\n").rstrip() + "\n"
    return replace(
        draft,
        to=to,
        cc=cc,
        subject=subject,
        written=written,
        text="",
        trailers=(),
        notes=(),
    )


def _usable(people: tuple[Person, ...] | None) -> tuple[Person, ...]:
    return tuple(one for one in people or () if is_address(one.address))
