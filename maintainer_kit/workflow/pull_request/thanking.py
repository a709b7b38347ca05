# SPDX-License-Identifier: GPL-2.0-or-later
"""The answer to a request that was pulled: a draft, made once."""

from __future__ import annotations

from dataclasses import replace

from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.text import storable, visible_line
from maintainer_kit.model.queue.taken import pulled_by
from maintainer_kit.model.reply.answered import Answered
from maintainer_kit.model.reply.draft import Draft
from maintainer_kit.model.reply.quote import attribution
from maintainer_kit.workflow.project import topic_of
from maintainer_kit.workflow.pull_request.asked import Asked
from maintainer_kit.workflow.replying.desk import Desk
from maintainer_kit.workflow.replying.drafting import change


def thanks_words(place: str, branch: str, merge: str) -> str:
    """``place`` is what the repository is called. Readers know what was pulled, where, and as
    which commit by these words."""
    return (
        f"Pulled into {visible_line(place)} ({visible_line(branch)}), thanks!\n\n"
        f"It is there as\n  commit: {merge}\n"
    )


def draft_thanks(desk: Desk, asked: Asked, words: str) -> Draft:
    """Answer the mail. Raises Refused where that was done before."""
    refuse_thanked(desk, asked)

    def changed(draft: Draft, answered: Answered) -> Draft:
        what = f"> {asked.url} {asked.ref}".rstrip()
        above = storable(f"{attribution(answered)}\n{visible_line(what)}")
        return replace(draft, written=f"{above}\n\n{words}")

    return change(desk, asked.message_id, changed)


def refuse_thanked(desk: Desk, asked: Asked) -> None:
    """Raise Refused where one's own mail says that it was pulled."""
    catalogue = desk.stores.catalogue
    topic_id = catalogue.topic_ids([asked.message_id]).get(asked.message_id, "")
    for row in catalogue.rows([topic_id]) if topic_id else ():
        said = pulled_by(topic_of(catalogue, row))
        if said is not None and said.submitter.key in desk.me:
            raise Refused(
                f"that it was pulled was said in {said.message_id}", f"mkit show {row.id}"
            )
