# SPDX-License-Identifier: GPL-2.0-or-later
"""Replies as text: what will be sent, which drafts there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.mail.text import count_of, visible, visible_line
from maintainer_kit.model.reply.draft import Draft, Stage
from maintainer_kit.render.age import age
from maintainer_kit.workflow.replying.previewing import Letter

_STAGES = {
    Stage.OPEN: "",
    Stage.SENDING: "is being sent; if mkit ended meanwhile, did it go out? --went-out ID, or"
    " --not-sent ID",
    Stage.SENT: "sent; the next mkit reply --send brings it into the mail here",
}


def letter_text(letter: Letter) -> Iterator[str]:
    """All of a reply, controls made visible."""
    draft = letter.draft
    yield f"From: {_person(letter.sender)}"
    yield from _people("To", draft.to)
    yield from _people("Cc", draft.cc)
    yield f"Subject: {visible_line(draft.subject)}"
    yield ""
    yield visible(letter.text.rstrip("\n"))


def exposed_words(letter: Letter) -> str:
    """By whom a confidential topic would become known."""
    names = ", ".join(_person(one) for one in letter.exposed)
    return f"topic {letter.topic_id} is confidential, and would become known to {names}"


def drafts_text(drafts: Sequence[Draft], now: int) -> Iterator[str]:
    """A line each, with a second one for what needs an answer; ``now`` in seconds."""
    for one in drafts:
        told = f"  ({contents(one)})" if contents(one) else ""
        shown = age(one.created // 1_000_000, now)
        yield f"{one.id}  {shown:>4}  {visible_line(one.subject)}{told}"
        if words := _STAGES[one.stage]:
            yield f"    {words.replace('ID', one.id)}"


def contents(draft: Draft) -> str:
    """What is in a draft, in a few words."""
    found = [count_of(len(draft.notes), "comment")] if draft.notes else []
    found += [one.partition(":")[0] for one in draft.trailers]
    if draft.written:
        found.insert(0, "edited")
    elif draft.text:
        found.insert(0, "text")
    return ", ".join(found)


def _people(name: str, people: Sequence[Person]) -> Iterator[str]:
    for at, one in enumerate(people):
        comma = "," if at + 1 < len(people) else ""
        yield f"{f'{name}:' if not at else '   '} {_person(one)}{comma}"


def _person(one: Person) -> str:
    return visible_line(str(one) if one.name else one.address)
