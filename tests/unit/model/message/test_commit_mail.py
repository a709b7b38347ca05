# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails that announce one commit: of git-commits-head in all its eras, and of the tip tree."""

from __future__ import annotations

import pytest

from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.mail.person import NOBODY, Person
from maintainer_kit.model.message.announced import Announced
from maintainer_kit.model.message.commit_mail import one_commit
from maintainer_kit.model.message.message import Kind
from maintainer_kit.model.message.reading import own_message_id
from maintainer_kit.model.message.subject import parse_subject
from tests.build import edit, mail, read

ID, PARENT = "ab" * 20, "cd" * 20
ADA = Person("Ada Author", "ada@quarry.example")
WHO = "Author:     Ada Author <ada@quarry.example>\nAuthorDate: Mon Jan 5 11:30:00 2026 +0100\n"
BY = "Committer:  Robin <robin@lumen.example>\nCommitDate: Tue Jan 6 10:00:00 2026 +0000\n"
BLANK = "    "
MESSAGE = f"""\

    pebble: count the stones before they
    are thrown
{BLANK}
    [ Upstream commit 1234567890ab ]

    Link: https://lore.example/r/20260105.1@quarry.example
    Signed-off-by: Ada Author <ada@quarry.example>
---
 pebble.c | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)

"""
TITLE = "pebble: count the stones before they are thrown"
DATE = 1767609000
WHOLE = Announced(
    ID,
    "pebble/linux",
    "master",
    TITLE,
    message_ids=("20260105.1@quarry.example",),
    upstream="1234567890ab",
    parent=PARENT,
    author=ADA,
    date=DATE,
)


def announced(raw: bytes) -> tuple[Announced, ...]:
    """What a mail announces, read as far as this needs."""
    found = read_mail(raw)
    subject = parse_subject(found.header("subject"))
    return one_commit(found, subject, own_message_id(found, raw), found.text)


NOW = (
    f"Commit:     {ID}\nParent:     {PARENT}\nRefname:    refs/heads/master\n"
    f"Web:        https://git.example/pebble/linux/c/{ID}\n{WHO}{BY}"
)
OF_2017 = (
    f"Web:        https://git.example/pebble/linux/c/{ID}\nCommit:     {ID}\n"
    f"Parent:     {PARENT}\nRefname:    refs/heads/master\n{WHO}{BY}"
)
OF_2014 = (
    f"Gitweb:     http://git.example/pebble/linux/;a=commit;h={ID}\nCommit:     {ID}\n"
    f"Parent:     {PARENT}\nRefname:    refs/heads/master\n{WHO}{BY}"
)
SHUFFLED = "".join(sorted(NOW.splitlines(keepends=True), key=lambda line: line[2:]))
APART = NOW.replace("Refname", "\nRefname").replace("Author:", "\nAuthor:")


@pytest.mark.parametrize("labels", [NOW, OF_2017, OF_2014, SHUFFLED, APART])
def test_labels_in_any_order(labels: str) -> None:
    assert announced(mail(TITLE, labels + MESSAGE + edit())) == (WHOLE,)


def test_the_first_scripts_named_no_branch() -> None:
    labels = (
        f"Gitweb:     http://git.example/git/?p=pebble/linux;a=commit;h={ID}\n"
        f"Commit:     {ID}\nParent:     {PARENT}\n{WHO}{BY}"
    )
    head = {"X-Git-Commit": ID, "X-Git-Parent": PARENT}
    assert announced(mail(TITLE, labels + MESSAGE, headers=head)) == (WHOLE._replace(ref=""),)


@pytest.mark.parametrize("name", ["X-Git-Rev", "X-Git-Commit"])
def test_by_header_fields_alone(name: str) -> None:
    head = {name: ID, "X-Git-Parent": PARENT, "X-Git-Refname": "refs/heads/for-next"}
    found = announced(mail("pebble: fix it", "text", headers=head))
    assert found == (Announced(ID, "", "for-next", "pebble: fix it", parent=PARENT),)


@pytest.mark.parametrize("value", [" ", "nonsense", "g" * 40, f"{ID} {ID}"])
def test_a_header_field_without_an_id(value: str) -> None:
    raw = b"From: a@b\nX-Git-Rev: " + value.encode() + b"\n\ntext"
    assert announced(raw) == ()


def test_header_fields_that_fell_into_the_body() -> None:
    """As in 2017, where a quote in the title was not ASCII: the subject came escaped."""
    fallen = f"X-Git-Commit: {ID}\nX-Git-Parent: {PARENT}\nContent-Transfer-Encoding: 8bit\n\n"
    escaped = "".join(f"\\x{ord(one):02x}" for one in TITLE)
    assert announced(mail(escaped, fallen + OF_2017 + MESSAGE)) == (WHOLE,)
    assert announced(mail(escaped, fallen + MESSAGE))[0].commit == ID


def test_by_message_id_alone() -> None:
    raw = mail("pebble: fix it", "text", message_id=f"git-mailbomb-linux-for-next-{ID}@k.example")
    assert announced(raw) == (Announced(ID, "linux", "for-next", "pebble: fix it"),)
    raw = mail("pebble: fix it", "text", message_id="git-mailbomb-linux-master-short@k.example")
    assert announced(raw) == ()


TIP = (
    f"Commit-ID:     {ID}\nGitweb:        https://git.example/tip/{ID}\n"
    "Author:        Ada Author <ada@quarry.example>\n"
    "AuthorDate:    Mon, 05 Jan 2026 11:30:00 +01:00\n"
    "Committer:     Robin <robin@lumen.example>\n"
    "CommitterDate: Tue, 06 Jan 2026 10:00:00 \n\n"
    "pebble: fix it\n\nWeb: of lies\nLink: https://lkml.example/r/1@quarry.example\n---\n"
)
MERGED = "The following commit has been merged into the stones/core branch of tip:\n\n"
OF_TIP = Announced(
    ID, "tip", "stones/core", "pebble: fix it", 0, ("1@quarry.example",), "", "", ADA, DATE
)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("[tip: stones/core] pebble: fix it", MERGED + TIP),
        ("[tip: refs/heads/stones/core] pebble: fix it", TIP),
        ("[tip:stones/core] pebble: fix it", TIP.replace("+01:00", "+0100")),
        ("pebble: fix it", MERGED + TIP.replace("Gitweb", "Other")),
    ],
)
def test_tip(subject: str, text: str) -> None:
    assert announced(mail(subject, text)) == (OF_TIP,)


def test_the_first_tip_bot_is_known_by_its_message_id() -> None:
    raw = mail("[tip:stones/core] pebble: fix it", "cut", message_id=f"tip-{ID}@git.example")
    assert announced(raw) == (Announced(ID, "tip", "stones/core", "pebble: fix it"),)


@pytest.mark.parametrize("mark", ["Re: ", "RE: ", "Fwd: "])
def test_an_answer_that_quotes_without_marks_is_an_answer(mark: str) -> None:
    """Outlook puts the whole mail below the answer, as it is."""
    raw = mail(f"{mark}[tip: stones/core] pebble: fix it", f"Why?\n\n{MERGED}{TIP}{edit()}")
    assert announced(raw) == ()
    assert read(raw).kind is not Kind.COMMIT


def test_an_answer_with_no_words_of_its_own_is_a_programs() -> None:
    for text in (MERGED + TIP, TIP):
        assert announced(mail("Re: [PATCH] pebble: fix it", text))[0].commit == ID


@pytest.mark.parametrize(
    "body",
    [
        f"Commit: {ID}\n",
        f"Commit: {ID}\nAuthor: Ada <a@b>\n",
        "Commit: not-an-id\nParent: x\n",
        f"Commit: {'AB' * 20}\nParent: x\n",
        f"> Commit: {ID}\n> Parent: {PARENT}\n",
        f"see commit {ID}\n",
        "Parent: x\n" * 300 + "\n" * 8000 + f"Commit: {ID}\n",
    ],
)
def test_no_announcement(body: str) -> None:
    assert announced(mail("x", body)) == ()


def test_what_the_labels_leave_open() -> None:
    found = announced(mail("pebble: fix it", f"Commit: {ID}\nParent: x\nAuthorDate: some day\n"))
    assert found == (Announced(ID, title="pebble: fix it"),)
    assert found[0].author == NOBODY


def test_the_first_of_two_holds() -> None:
    found = announced(mail("x", f"Commit: {ID}\nParent: x\nCommit: {PARENT}\n"))
    assert [one.commit for one in found] == [ID]


def test_facts_of_the_message() -> None:
    message = read(mail(TITLE, NOW + MESSAGE + edit()))
    assert (message.kind, message.commits, message.announced) == (Kind.COMMIT, (ID,), (WHOLE,))
