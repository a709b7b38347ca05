# SPDX-License-Identifier: GPL-2.0-or-later
"""Replies as they are shown: nothing in them is obeyed by a terminal."""

from __future__ import annotations

from dataclasses import replace

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.reply.draft import Draft, Note, Stage
from maintainer_kit.render.reply_text import contents, drafts_text, exposed_words, letter_text
from maintainer_kit.workflow.replying.previewing import Letter

DRAFT = Draft(
    id="0123456789ab",
    answers="a@x",
    message_id="r@x",
    to=(Person("Ada\x1b[2J", "ada@x.example"), Person("", "bo@x.example")),
    cc=(),
    subject="Re: \x1b]0;x\x07",
    parents=(),
    created=1_767_603_600_000_000,
    changed=0,
)


def test_a_letter() -> None:
    letter = Letter(DRAFT, Person("Robin", "r@x.example"), "> \x1b[2J\n\nHm.\n", "", (), "")
    assert "\n".join(letter_text(letter)) == (
        "From: Robin <r@x.example>\n"
        "To: Ada\u241b[2J <ada@x.example>,\n"
        "    bo@x.example\n"
        "Subject: Re: \u241b]0;x\u2407\n"
        "\n"
        "> \u241b[2J\n"
        "\n"
        "Hm."
    )


def test_who_would_learn_of_it() -> None:
    letter = Letter(DRAFT, DRAFT.to[1], "", "k3v9", DRAFT.to[1:], "")
    assert exposed_words(letter).endswith(
        "k3v9 is confidential, and would become known to bo@x.example"
    )


def test_drafts_with_age_contents_and_what_is_to_be_asked() -> None:
    given = replace(DRAFT, trailers=("Acked-by: R <r@x>",), notes=(Note(1, "a"), Note(2, "b")))
    now = DRAFT.created // 1_000_000 + 7200
    open_one, sending, asked, sent, told = drafts_text(
        [
            replace(given, text="Hm."),
            replace(DRAFT, stage=Stage.SENDING),
            replace(DRAFT, stage=Stage.SENT),
        ],
        now,
    )
    assert open_one.startswith("0123456789ab    2h  Re: ")
    assert open_one.endswith("  (text, 2 comments, Acked-by)")
    assert not sending.endswith(")")
    assert "--went-out 0123456789ab, or --not-sent 0123456789ab" in asked
    assert sent.startswith("0123456789ab")
    assert "mkit reply --send" in told
    assert contents(replace(given, written="> a\n")) == "edited, 2 comments, Acked-by"
