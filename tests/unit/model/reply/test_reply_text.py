# SPDX-License-Identifier: GPL-2.0-or-later
"""The text of a reply: what is quoted, where one's own words stand."""

from __future__ import annotations

from dataclasses import replace

from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.reply.answered import Answered, read_answered
from maintainer_kit.model.reply.compose import compose, notes_in, own_lines
from maintainer_kit.model.reply.draft import Draft, Note, id_of, with_note
from maintainer_kit.model.reply.edited import read_edited, to_edit
from maintainer_kit.model.reply.spots import lines_of_file
from maintainer_kit.model.reply.words import filled, trailer_line, trailer_name
from tests.build import edit, mail, patch, read
from tests.build import reply as answer

EMPTY = Draft(
    id=id_of("m@x"),
    answers="m@x",
    message_id="r@x",
    to=(),
    cc=(),
    subject="Re: x",
    parents=(),
    created=0,
    changed=0,
)
ABOVE = "On Mon, 05 Jan 2026 09:00:00 +0000, Ada Author wrote:\n"
TAG = "Reviewed-by: Robin <robin@lumen.example>"


def answered(raw: bytes) -> Answered:
    message = read(raw)
    return read_answered(read_mail(raw), message.message_id, is_head=message.is_head)


PATCH = answered(patch("[PATCH] x", message_id="m@x"))
ADDED = PATCH.text.split("\n").index("+\ttwo();") + 1


def test_a_short_answer_quotes_the_message_and_an_editor_gets_all() -> None:
    message = "> It is better so.\n>\n> Signed-off-by: Ada Author <ada@quarry.example>\n"
    draft = replace(EMPTY, text="Fine.", trailers=(TAG,))
    assert compose(draft, PATCH) == f"{ABOVE}{message}[ ... ]\n\nFine.\n\n{TAG}\n"
    whole = compose(EMPTY, PATCH, is_whole=True)
    assert "> +\ttwo();\n" in whole
    assert whole.endswith(">  \tafter();\n")
    assert own_lines(whole, PATCH) == []


def test_what_is_about_all_stands_above_comments() -> None:
    draft = replace(EMPTY, text="Nearly.", trailers=(TAG,), notes=(Note(ADDED, "Three."),))
    text = compose(draft, PATCH)
    assert text.startswith(f"Nearly.\n\n{TAG}\n\n{ABOVE}[ ... ]\n> diff --git ")
    assert text.endswith("> +\ttwo();\n\nThree.\n")
    assert own_lines(text, PATCH) == ["Nearly.", TAG, "Three."]


def test_a_trailer_beside_a_comment_is_still_read_and_so_is_the_comment() -> None:
    draft = replace(EMPTY, trailers=(TAG,), notes=(Note(ADDED, "Typo."),))
    text = compose(draft, PATCH)
    message = read(answer("m@x", text, sender="Robin <robin@lumen.example>"))
    assert [(one.name, one.value) for one in message.trailers] == [
        ("Reviewed-by", "Robin <robin@lumen.example>")
    ]
    written = replace(EMPTY, written=text)
    assert notes_in(written, PATCH) == (Note(ADDED, "Typo."),)


def test_comments_that_come_after_an_editor_stand_below_what_it_left() -> None:
    written = f"{ABOVE}> +\ttwo();\n\nWhy two?\n"
    draft = replace(EMPTY, written=written, notes=(Note(1, "Is it?"),))
    text = compose(draft, PATCH)
    assert text == f"{written}\n> It is better so.\n\nIs it?\n"
    assert notes_in(draft, PATCH) == (Note(1, "Is it?"), Note(ADDED, "Why two?"))


def test_signature_and_footer_are_left_out_and_lines_of_a_diff_are_not() -> None:
    talk = "Hello.\n\n> quoted\n--\nAda\n" + "_" * 40 + "\npebblefs mailing list\n"
    assert compose(EMPTY, answered(mail("Talk", talk))) == f"{ABOVE}> Hello.\n>\n>> quoted\n"
    change = edit().replace("-\tone();", "-- ").replace("@@ -7,3", "@@ -7,3")
    text = compose(EMPTY, answered(patch("[PATCH] x", change)), is_whole=True)
    assert "\n> -- \n> +\ttwo();" in text
    assert "2.39.5" not in text


def test_flowed_lines_are_quoted_as_they_came() -> None:
    raw = mail(
        "Talk",
        "A long \nline.\n From here.\n",
        headers={"Content-Type": "text/plain; format=flowed"},
    )
    assert compose(EMPTY, answered(raw)) == f"{ABOVE}> A long \n> line.\n> From here.\n"


def test_half_characters_and_nul_do_not_leave() -> None:
    raw = mail("Talk", "").replace(b"\n\n", b"\n\n\xff\x00bad\n", 1)
    text = compose(EMPTY, answered(raw))
    text.encode()
    assert "\0" not in text


def test_a_cover_letter_is_quoted_without_its_statistics() -> None:
    body = "It helps.\n\nAda Author (2):\n  one\n  two\n\n a.c | 3 +++\n"
    found = answered(mail("[PATCH 0/2] x", body, message_id="c@x"))
    assert compose(replace(EMPTY, text="Fine."), found) == (
        f"{ABOVE}> It helps.\n[ ... ]\n\nFine.\n"
    )


def test_notes_are_one_a_line_in_order() -> None:
    notes = with_note(with_note((), 5, "b"), 3, "\n a \n")
    assert notes == (Note(3, " a"), Note(5, "b"))
    assert with_note(notes, 5, " \n") == (Note(3, " a"),)
    assert with_note(notes, 3, "c")[0] == Note(3, "c")


def test_lines_of_a_file() -> None:
    lines = PATCH.text.split("\n")
    path = "fs/pebble/inode.c"
    assert lines_of_file(PATCH.text, path, 8) == [ADDED]
    assert lines_of_file(PATCH.text, "inode.c", 8) == [ADDED]
    assert lines_of_file(PATCH.text, "ode.c", 8) == []
    assert lines_of_file(PATCH.text, path, -8) == [lines.index("-\tone();") + 1]
    assert lines_of_file(PATCH.text, path, 7) == [lines.index(" \tbefore();") + 1]
    assert lines_of_file(PATCH.text, path, 99) == []


def test_names_of_trailers() -> None:
    assert trailer_name("REVIEWED-by") == "Reviewed-by"
    assert trailer_name("t") == "Tested-by"
    assert trailer_name("nack") == "Nacked-by"
    assert (trailer_name(""), trailer_name("signed")) == (None, None)
    assert trailer_line("acked-by", Person("Bo", "b@x")) == "Acked-by: Bo <b@x>"


def test_a_template_is_filled_by_words_only() -> None:
    made = filled("{author}{lists} {subject} {author.name} {0} %s", "{lists}", "a\x1b", ("l@x",))
    assert made == "{lists}l@x a\u241b {author.name} {0} %s"


def test_an_editor_gets_a_header_and_gives_it_back() -> None:
    to = (Person("Ada", "ada@x.example"), Person('Bo, "the" \\ Man', "bo@x.example"))
    shown = to_edit(to, (Person("", "list@x.example"),), "Re: x", "Text.\n\nMore.\n")
    found = read_edited(shown.replace("\n", "\r\n"))
    assert [one.address for one in found.to or ()] == ["ada@x.example", "bo@x.example"]
    assert [one.address for one in found.cc or ()] == ["list@x.example"]
    assert (found.subject, found.text) == ("Re: x", "Text.\n\nMore.\n")


def test_without_a_header_all_is_text() -> None:
    for text in ("Just words.\n\nSubject: none\n", "", "\n\nTo: x\n"):
        assert read_edited(text) == (None, None, None, text)
    assert read_edited("Subject: x\n\nWords.\n") == (None, None, "x", "Words.\n")
