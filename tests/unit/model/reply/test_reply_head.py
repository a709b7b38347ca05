# SPDX-License-Identifier: GPL-2.0-or-later
"""Recipients, subject and References of a reply."""

from __future__ import annotations

import pytest

from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.reply.answered import Answered, read_answered
from maintainer_kit.model.reply.quote import attribution
from maintainer_kit.model.reply.recipients import (
    MOST,
    Recipients,
    reply_to_all,
    reply_to_author,
)
from maintainer_kit.model.reply.threading import (
    clean_subject,
    new_message_id,
    references,
    reply_subject,
)
from tests.build import ADA, BO, LIST, ROBIN, mail

ME = frozenset({"robin@lumen.example"})


def answered(**headers: str) -> Answered:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    raw = mail("[PATCH] x", "Text.\n", message_id="m@x", headers=given)
    return read_answered(read_mail(raw), "m@x", is_head=True)


def keys(found: Recipients) -> tuple[list[str], list[str]]:
    return [one.key for one in found.to], [one.key for one in found.cc]


def to_all(**headers: str) -> tuple[list[str], list[str]]:
    return keys(reply_to_all(answered(**headers), ME))


def test_to_the_author_with_copies_to_all_others_once() -> None:
    found = to_all(To=f"{LIST}, {ROBIN}", Cc=f"Bo <BO@shale.example>, {BO}, ada@quarry.example")
    assert found == (["ada@quarry.example"], [LIST, "bo@shale.example"])


def test_names_are_kept_and_decoded() -> None:
    cc = "=?utf-8?q?M=C3=BCller=2C_Bo?= <bo@x.example>"
    assert reply_to_all(answered(Cc=cc), ME).cc[1].name == "Müller, Bo"


def test_reply_to_counts_unless_a_list_put_itself_there() -> None:
    assert to_all(Reply_To="Ada <ada@home.example>")[0] == ["ada@home.example"]
    assert to_all(Reply_To=LIST)[0] == ["ada@quarry.example"]
    found = to_all(From="Ada via pebble <pebblefs@lists.lumen.example>", Reply_To=ADA)
    assert found == (["ada@quarry.example"], [LIST])
    assert to_all(Reply_To="nobody, <@>, undisclosed-recipients:;")[0] == ["ada@quarry.example"]


def test_mail_followup_to_speaks_for_its_writer() -> None:
    assert to_all(Mail_Followup_To=f"{LIST}, {ROBIN}, {BO}") == ([LIST, "bo@shale.example"], [])
    one = answered(Mail_Followup_To=LIST)
    assert keys(reply_to_author(one, ME)) == (["ada@quarry.example"], [])


def test_ones_own_mail_is_answered_to_those_it_went_to() -> None:
    found = to_all(From=ROBIN, To=f"{BO}, {LIST}", Cc=ADA)
    assert found == (["bo@shale.example", LIST], ["ada@quarry.example"])
    assert to_all(From=ROBIN, To=ROBIN) == (["robin@lumen.example"], [])
    assert to_all(From=ROBIN, To="", Cc=BO) == (["bo@shale.example"], [])


def test_hostile_recipients() -> None:
    many = ", ".join(f"p{number}@many.example" for number in range(5000))
    to, cc = to_all(To=many)
    assert len(to) + len(cc) == MOST
    bad = 'a@b.example\x00, "x\\" <y@z.example>" <c@d.example>, -o@x.example, e@f example'
    to, cc = to_all(Cc=bad)
    for one in (*to, *cc):
        assert one.isascii()
        assert " " not in one
    assert to_all(From="nobody", To="", Cc="") == ([], [])


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("[PATCH] x", "Re: [PATCH] x"),
        ("Re: [PATCH] x", "Re: [PATCH] x"),
        ("RE: Aw:  re[3]: x", "Re: x"),
        ("\u56de\u590d\uff1a [PATCH] x", "Re: [PATCH] x"),
        ("Fwd: x", "Re: Fwd: x"),
        ("return: x", "Re: return: x"),
        ("a\nBcc: b@c.example", "Re: a\u240aBcc: b@c.example"),
        ("", "Re:"),
    ],
)
def test_subjects(subject: str, expected: str) -> None:
    assert reply_subject(subject) == expected


def test_subjects_are_bounded() -> None:
    assert len(reply_subject("re:" * 100_000 + "x" * 100_000)) <= 404
    assert clean_subject(" a  b\x1b[2J ") == "a b\u241b[2J"


def test_references_are_the_root_and_the_nearest_in_a_line_of_mail() -> None:
    assert references((), "a@x") == ("a@x",)
    assert references(("r@x", "a@x", "b@x"), "c@x") == ("r@x", "a@x", "b@x", "c@x")
    many = tuple(f"{number}@long.example" for number in range(4000))
    found = references(many, "last@x")
    assert (found[0], found[-2:]) == (many[0], (many[-1], "last@x"))
    assert len("References: " + " ".join(f"<{one}>" for one in found)) < 998
    assert references(("a b@x", "c\n@x", "d<e>@x", "f@x"), "g@x") == ("f@x", "g@x")
    assert references(("r@x",), "notmuch-sha1-1234") == ()


def test_a_message_id_is_as_gits() -> None:
    made = new_message_id(1_767_603_600_000_000, 77, "f00", "robin@lumen.example")
    assert made == "20260105090000.77-f00-robin@lumen.example"


def test_the_line_above_a_quote() -> None:
    date = "Mon, 5 Jan 2026 10:00:00 +0100"
    assert attribution(answered(Date=date)) == f"On {date}, Ada Author wrote:"
    assert attribution(answered(Date="nonsense", From="<a@b.example>")) == "a@b.example wrote:"
    hostile = "=?utf-8?q?Ada=0A=0AReviewed-by=3A_me_=1B=5B2J?= <a@b.example>"
    words = attribution(answered(Date="", From=hostile))
    assert "\n" not in words
    assert "\x1b" not in words
