# SPDX-License-Identifier: GPL-2.0-or-later
"""Drafts are begun, changed and dropped; each is on disk when a function returns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from maintainer_kit.errors import ConfigError, NotFound, Refused
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.reply.answered import Answered
from maintainer_kit.model.reply.compose import notes_in
from maintainer_kit.model.reply.draft import Draft, Note, Stage, id_of, with_note
from maintainer_kit.model.reply.recipients import reply_to_all, reply_to_author
from maintainer_kit.model.reply.threading import new_message_id, references, reply_subject
from maintainer_kit.model.reply.words import gives_trailer, trailer_line
from maintainer_kit.workflow.replying.desk import Desk, answered_mail

_SHORTEST_ID = 2
Change = Callable[[Draft, Answered], Draft]


def draft_of(desk: Desk, message_id: str) -> Draft:
    """The draft that answers a mail: the one that is kept, else a new one, which is not kept yet.

    Raises NotFound where the mail is gone.
    """
    return desk.drafts.get(id_of(message_id)) or _begun(desk, answered_mail(desk, message_id))


def _begun(desk: Desk, answered: Answered) -> Draft:
    to, cc = reply_to_all(answered, desk.me)
    now = desk.stores.clock()
    return Draft(
        id=id_of(answered.message_id),
        answers=answered.message_id,
        message_id=_fresh_id(desk, id_of(answered.message_id), now),
        to=to,
        cc=cc,
        subject=reply_subject(answered.subject),
        parents=references(answered.parents, answered.message_id),
        created=now,
        changed=now,
    )


def _fresh_id(desk: Desk, number: str, now: int) -> str:
    """One that no mail bears: the clock may stand, and one may answer a mail twice."""
    made = new_message_id(now, desk.process, number, desk.sender.address)
    again = 1
    while desk.stores.catalogue.records([made]):
        again += 1
        made = new_message_id(now, desk.process, f"{number}.{again}", desk.sender.address)
    return made


def change(desk: Desk, message_id: str, how: Change) -> Draft:
    """Change the draft that answers a mail; one without anything in it is not kept.

    Raises Refused once it is on its way.
    """
    with desk.drafts.changing():
        answered = answered_mail(desk, message_id)
        kept = desk.drafts.get(id_of(message_id))
        draft = kept or _begun(desk, answered)
        refuse_sending(draft)
        made = replace(how(draft, answered), changed=desk.stores.clock())
        if not made.is_empty:
            desk.drafts.put(made)
        elif kept:
            desk.drafts.remove(made.id)
        return made


def refuse_sending(draft: Draft) -> None:
    """Raise Refused for a draft that is on its way, or was."""
    if draft.stage is not Stage.OPEN:
        words = "was sent" if draft.stage is Stage.SENT else "is on its way"
        raise Refused(f"the reply {draft.id} {words}", "mkit reply --drafts tells what to do")


def comment(desk: Desk, message_id: str, line: int, text: str) -> Draft:
    """Put a comment below a line of the mail's text, counted from 1, in place of the one that is
    there; without a text take that one away."""
    return change(
        desk, message_id, lambda one, _: replace(one, notes=with_note(one.notes, line, text))
    )


def say(desk: Desk, message_id: str, text: str) -> Draft:
    """Put one's own words on the whole mail, in place of those that are there."""
    return change(desk, message_id, lambda one, _: replace(one, text=text.strip("\n").rstrip()))


def give(desk: Desk, message_id: str, name: str, on: bool = True) -> Draft:
    """Give a trailer, once; or take it out again, wherever in the draft it is.

    Raises ConfigError where nobody has said what the giver is called.
    """
    if not desk.giver.name:
        raise ConfigError("a trailer has a name in it", "git config --global user.name 'YOUR NAME'")
    line = trailer_line(name, desk.giver)

    def changed(draft: Draft, _: Answered) -> Draft:
        if on:
            return draft if gives(draft, name) else replace(draft, trailers=(*draft.trailers, line))
        left = [one for one in draft.written.split("\n") if not gives_trailer([one], name)]
        kept = tuple(one for one in draft.trailers if not gives_trailer([one], name))
        return replace(draft, trailers=kept, written="\n".join(left))

    return change(desk, message_id, changed)


def gives(draft: Draft, name: str) -> bool:
    """Whether a trailer of that name is in the draft."""
    return gives_trailer([*draft.trailers, *draft.written.split("\n")], name)


def to_author_only(desk: Desk, message_id: str, only: bool = True) -> Draft:
    """Address it anew: to the author alone, or to all again."""
    chosen = reply_to_author if only else reply_to_all

    def changed(draft: Draft, answered: Answered) -> Draft:
        to, cc = chosen(answered, desk.me)
        return replace(draft, to=to, cc=cc)

    return change(desk, message_id, changed)


def put_recipients(
    desk: Desk, message_id: str, to: Sequence[Person], cc: Sequence[Person]
) -> Draft:
    """Address it to these."""
    return change(desk, message_id, lambda one, _: replace(one, to=tuple(to), cc=tuple(cc)))


def comments_in(desk: Desk, message_id: str) -> tuple[Note, ...]:
    """All comments of the draft on lines of the mail it answers, those that were written in an
    editor too."""
    draft = desk.drafts.get(id_of(message_id))
    return notes_in(draft, answered_mail(desk, message_id)) if draft else ()


def all_drafts(desk: Desk) -> list[Draft]:
    """The oldest first."""
    return sorted(desk.drafts.all(), key=lambda one: (one.created, one.id))


def find_draft(desk: Desk, word: str) -> Draft:
    """The draft of an id, or of its beginning. Raises NotFound, or Refused for several."""
    word = word.lower()
    found = [one for one in all_drafts(desk) if one.id.startswith(word)]
    if len(word) < _SHORTEST_ID or not found:
        raise NotFound(f"no draft {word}", "mkit reply --drafts lists them")
    if len(found) > 1:
        raise Refused(f"{word} begins the ids of {len(found)} drafts", "give more of it")
    return found[0]


def drop(desk: Desk, draft_id: str) -> Draft:
    """Throw a draft away. Raises Refused once it is on its way."""
    with desk.drafts.changing():
        draft = find_draft(desk, draft_id)
        refuse_sending(draft)
        desk.drafts.remove(draft.id)
        return draft
