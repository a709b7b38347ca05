# SPDX-License-Identifier: GPL-2.0-or-later
"""Thanks become drafts of replies, each of which is made once."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from maintainer_kit.model.mail.lists import list_from_address
from maintainer_kit.model.reply.answered import Answered
from maintainer_kit.model.reply.draft import Draft, Stage, id_of
from maintainer_kit.workflow.replying.desk import answered_mail
from maintainer_kit.workflow.replying.drafting import change, draft_of
from maintainer_kit.workflow.thanking.due import ThanksWish
from maintainer_kit.workflow.thanking.facts import Made, Thanks
from maintainer_kit.workflow.thanking.ports import Thanked, ThanksRoom
from maintainer_kit.workflow.thanking.quoting import quoted_head

_RE = "Re: "
_PART = "(subset) "
"""What b4 and its readers know such a mail by: it speaks of some patches only."""


def draft_thanks(room: ThanksRoom, thanks: Thanks, wish: ThanksWish) -> Made:
    """The draft that thanks: a new one, or words in the one that answers that mail already. What
    its writer edited since is left as it is.

    Raises Refused where a reply to that mail is being sent.
    """
    desk = room.desk
    head = thanks.head.message_id
    kept = desk.drafts.get(id_of(head))
    known = _record_of(room, thanks, kept)
    if kept and known and (kept.stage is not Stage.OPEN or _mark(kept.written) != known.text):
        return Made(thanks, kept, is_new=False)
    words = _words(room, thanks, wish)
    written = f"{quoted_head(answered_mail(desk, head))}\n\n{words}\n"
    if kept and words in f"{kept.written}\n{kept.text}":
        if known is None and not wish.is_dry:  # mkit ended before it noted that
            text = _mark(kept.written) if words in kept.written else ""
            room.records.add(_record(thanks, kept, text))
        return Made(thanks, kept, is_new=False)
    is_ours = kept is None or known is not None

    def changed(draft: Draft, _: Answered) -> Draft:
        subject = _subject(draft.subject, is_part=thanks.is_part)
        if is_ours:
            return replace(draft, subject=subject, written=written)
        text = f"{draft.text}\n\n{words}" if draft.text else words
        return replace(draft, subject=subject, text=text)

    draft = change(desk, head, changed)
    if not wish.is_dry:
        room.records.add(_record(thanks, draft, _mark(written) if is_ours else ""))
    return Made(thanks, draft, is_new=True)


def _record_of(room: ThanksRoom, thanks: Thanks, kept: Draft | None) -> Thanked | None:
    """What was noted of the draft, where that thanks already."""
    if kept is None:
        return None
    about = room.records.about([one.message.message_id for one in thanks.applied])
    return next((one for one in about if one.message_id == kept.message_id), None)


def _words(room: ThanksRoom, thanks: Thanks, wish: ThanksWish) -> str:
    draft = draft_of(room.desk, thanks.head.message_id)
    lists = [one.address for one in (*draft.to, *draft.cc) if list_from_address(one.address)]
    template = room.desk.templates.read(wish.template) if wish.template else ""
    return room.write(thanks, template, lists)


def _subject(subject: str, *, is_part: bool) -> str:
    rest = subject.removeprefix(_RE).removeprefix(_PART)
    return f"{_RE}{_PART if is_part else ''}{rest}"


def _record(thanks: Thanks, draft: Draft, text: str) -> Thanked:
    patches = tuple((one.message.message_id, one.commit) for one in thanks.applied)
    return Thanked(draft.message_id, thanks.tree.name, thanks.tree.branch, patches, text)


def _mark(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
