# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit send`` of a second revision: its number, changelog, trailers, thread and recipients."""

from __future__ import annotations

import pytest

from maintainer_kit.model.mail.mail import read_mail
from tests.build import BO, LIST, mail, reply
from tests.integration.authoring import ME, ROBIN, SIGNED, Author, people, plain
from tests.integration.driver import Mkit
from tests.integration.smtp_sink import Sink
from tests.integration.terminal import on_terminal

LETTER = "pebble: mounts that fail\n\nThree things that users met.\n"
LATER = "2026-03-09T12:00:00Z"
WEEK = {"Date": "Wed, 04 Mar 2026 10:00:00 +0000"}


@pytest.fixture
def posted(author: Author) -> Author:
    """Three patches, posted once and reviewed."""
    author.branch("fails")
    author.commit("give the buffer back", 10)
    author.commit("say which block", 30, "dir")
    author.commit("count what is lost", 50, "dir")
    author.describe("fails", LETTER)
    author.send("fails", "--yes")
    return author


def message_id(sink: Sink, at: int) -> str:
    return str(sink.mails[at]["Message-ID"]).strip("<>")


def reviewed(author: Author, sink: Sink) -> None:
    """Bo reviews the first patch, and asks about the second; Ada answers."""
    first, second, third = (message_id(sink, at) for at in (1, 2, 3))
    tag = f"Reviewed-by: {BO}\n"
    author.mkit.bring(
        answer(first, f"Fine.\n\n{tag}", "review@x"),
        answer(second, "Why do you do that?\n", "why@x"),
        answer("why@x", "Since it is lost else.\n", "since@x", sender=ME, above=(second,)),
        answer(third, f"> x\n\nOk.\n\n{tag}", "ok@x"),
    )


def answer(
    parent: str, text: str, name: str, *, sender: str = BO, above: tuple[str, ...] = ()
) -> bytes:
    found = reply(parent, text, sender=sender, message_id=name, above=above)
    lines = found.split(b"\n")
    return b"\n".join(
        f"Date: {WEEK['Date']}".encode() if one.startswith(b"Date:") else one for one in lines
    )


def reworked(author: Author) -> None:
    """Patch 1 stays, 2 changes a bit, 3 is another, 4 is new."""
    author.at(LATER).branch("fails")
    author.commit("give the buffer back", 10)
    author.commit("say which block", 30, "dir", " Louder now.")
    author.commit("keep what is found", 5, "dir")


def text_of(sink: Sink, at: int) -> str:
    return read_mail(plain(sink.raw[at])).text


def test_the_second_revision(posted: Author, sink: Sink) -> None:
    reviewed(posted, sink)
    reworked(posted)
    first = message_id(sink, 0)
    posted.send("fails", "--yes")
    mails, raws = sink.mails[4:], sink.raw[4:]
    assert sink.subjects[4:] == [
        "[PATCH v2 0/3] pebble: mounts that fail",
        "[PATCH v2 1/3] pebble: give the buffer back",
        "[PATCH v2 2/3] pebble: say which block",
        "[PATCH v2 3/3] pebble: keep what is found",
    ]
    text = text_of(sink, 4)
    assert text.startswith(
        "Three things that users met.\n\n---\nChanges in v2:\n"
        '- Patch 2 ("pebble: say which block"): message and code changed\n'
        '- Patch 3 ("pebble: keep what is found"): new\n'
        '- "pebble: count what is lost": dropped\n'
        "- Added Reviewed-by of Bo Reviewer (patch 1)\n"
        f"- Link to v1: https://lore.kernel.org/all/{first}/\n"
    )
    assert f"Reviewed-by: {BO}\nSigned-off-by: {ME}\n---\n" in text_of(sink, 5)
    assert BO not in text_of(sink, 6)
    for one in mails:
        assert people(one, "To") == [ROBIN, LIST]
        assert people(one, "Cc") == ["tomasz@quarry.example", "bo@shale.example"]
    assert mails[0]["In-Reply-To"] is None
    assert posted.applied(raws[1:]) == posted.tree("fails")
    (topic,) = posted.mkit.topics()
    assert [one["revision"] for one in topic["revisions"]] == [1, 2]
    assert topic["revisions"][1]["linked_by"] == "change-id"


def test_a_third_goes_on_from_its_letter(posted: Author, sink: Sink) -> None:
    reworked(posted)
    posted.send("fails", "--yes")
    posted.at("2026-03-20T12:00:00Z").commit("say it louder", 40)
    posted.work.git("config", "--unset", "branch.fails.description")
    posted.send("fails", "--yes")
    text = text_of(sink, 8)
    assert sink.subjects[8].startswith("[PATCH v3 0/4]")
    assert text.startswith("Three things that users met.\n\n---\nChanges in v3:\n- Patch 4 (")
    assert text.index("Changes in v2:") > text.index("- Link to v2: ")
    assert text.count("\n---\n") == 1
    assert text.count("Ada Author (4):") == 1


def test_a_rebase_changes_nothing(posted: Author, sink: Sink) -> None:
    posted.at(LATER)
    posted.send("fails", "--yes", "--range-diff")
    assert "Changes in v2:\n- Rebased; no other changes\n- Link to v1: " in text_of(sink, 4)
    assert "Range-diff" not in text_of(sink, 4)


def test_a_lone_patch_tells_below_its_cut(mkit: Mkit, sink: Sink) -> None:
    author = Author(mkit, sink)
    author.branch("one")
    author.commit("give the buffer back", 10)
    author.send("one", "--yes")
    author.mkit.bring(answer(message_id(sink, 0), f"Ok.\n\nAcked-by: {BO}\n", "ok@x"))
    author.at(LATER).branch("one")
    author.commit("give the buffer back", 10, text=" Sooner.")
    author.send("one", "--yes", "--range-diff", "--keep-trailers")
    assert sink.subjects[1] == "[PATCH v2] pebble: give the buffer back"
    text = text_of(sink, 1)
    assert (
        f"Acked-by: {BO}\nSigned-off-by: {ME}\n---\nChanges in v2:\n- Message and code changed\n"
        in text
    )
    assert "- Added Acked-by of Bo Reviewer\n- Link to v1: " in text
    assert "\nRange-diff:\n" in text and "Sooner." in text
    assert author.applied(sink.raw[1:]) == author.tree("one")
    assert author.work.git("log", "-1", "--format=%B", "one").count("Acked-by") == 0


def test_what_was_given_to_another_patch_is_said_and_not_taken(mkit: Mkit, sink: Sink) -> None:
    author = Author(mkit, sink)
    author.branch("one")
    author.commit("give the buffer back", 10)
    author.send("one", "--yes")
    author.mkit.bring(answer(message_id(sink, 0), f"Ok.\n\nAcked-by: {BO}\n", "ok@x"))
    author.at(LATER).branch("one")
    author.commit("give the buffer back", 10, text=" Sooner.")
    shown = author.send("one", "--show").stdout
    assert f"patch 1: Acked-by: {BO}: not taken" in shown
    author.send("one", "--yes")
    text = text_of(sink, 1)
    assert "\nAcked-by" not in text
    assert "- Dropped Acked-by of Bo Reviewer: the patch has changed\n" in text


def test_in_the_thread_where_that_is_the_custom(posted: Author, sink: Sink) -> None:
    reworked(posted)
    posted.work.git("config", "mkit.profile", "git")
    posted.send("fails", "--yes")
    first, second = message_id(sink, 0), message_id(sink, 4)
    assert sink.mails[4]["In-Reply-To"] == f"<{first}>"
    assert str(sink.mails[5]["References"]).split() == [f"<{first}>", f"<{second}>"]
    posted.at("2026-03-20T12:00:00Z")
    posted.send("fails", "--yes", "--new-thread")
    assert sink.mails[8]["In-Reply-To"] is None


def test_another_clone_finds_it_by_its_titles(posted: Author, sink: Sink) -> None:
    """Nothing is remembered of a branch of another name: the index knows."""
    reworked(posted)
    posted.work.git("branch", "-m", "fails", "other")
    found = posted.told("other", "--show")
    assert (found["revision"], found["plan"]["linked_by"]) == (2, "subject")
    assert found["plan"]["topic"] == posted.mkit.topics()[0]["id"]
    assert posted.told("other", "--show", "--new")["revision"] == 1
    assert posted.told("other", "--show", "-v", "7")["revision"] == 7
    assert "v1 was posted already" in posted.send("other", "-v", "1", code=1).stderr


def test_what_is_only_alike_is_asked_about(mkit: Mkit, sink: Sink) -> None:
    author = Author(mkit, sink)
    author.branch("one")
    lines = "".join(f"int a_function_of_number_{at}(struct super *sb);\n" for at in range(20))
    author.work.write("fs/pebble/new.h", lines)
    author.work.commit(f"pebble: declare them\n\nThey were not.\n\n{SIGNED}\n")
    author.send("one", "--yes")
    author.at(LATER)
    author.work.git("branch", "-m", "one", "two")
    title = f"pebble: another name\n\nThey were not.\n\n{SIGNED}\n"
    author.work.git("commit", "--quiet", "--amend", "--file=-", data=title.encode())
    done = author.send("two", "--yes", code=1)
    topic = author.mkit.topics()[0]["id"]
    assert f"{topic} may be its earlier posting (by likeness)" in done.stderr
    assert f"--topic {topic}, or --new" in done.stderr
    found = author.told("two", "--show", "--topic", topic)
    assert (found["revision"], found["plan"]["linked_by"]) == (2, "named")


def test_a_series_of_another_title_is_asked_about(posted: Author, sink: Sink) -> None:
    """It may be another one that has some of the patches."""
    reworked(posted)
    posted.work.git("branch", "-m", "fails", "other")
    posted.describe("other", "pebble: what nobody has seen\n\nText.\n")
    assert "(by subject, 80% sure)" in posted.send("other", "--show").stdout
    done = posted.send("other", "--yes", code=1)
    assert "may be its earlier posting (by subject): pebble: mounts that fail" in done.stderr
    with on_terminal(
        posted.mkit.argv("send", "--repo", posted.path, "--no-edit", "other"), posted.mkit.env
    ) as terminal:
        terminal.until("does the branch go on from it? [y/N]")
        terminal.press("n", "Enter")
        terminal.until("send 4 mails? [y/N]")
        terminal.press("y", "Enter")
        terminal.until("4 mails sent")
    assert sink.subjects[4] == "[PATCH 0/3] pebble: what nobody has seen"


def test_a_stable_tree_is_a_series_of_its_own(posted: Author, sink: Sink) -> None:
    posted.at(LATER).work.git("branch", "-m", "fails", "fails-6.1")
    found = posted.told("fails-6.1", "--show", "--prefix", "PATCH 6.1.y")
    assert (found["revision"], found["plan"]["topic"]) == (1, None)
    assert posted.told("fails-6.1", "--show")["revision"] == 2


def test_a_mail_of_a_reviewer_cannot_add_recipients(posted: Author, sink: Sink) -> None:
    """Names of others stand in headers and in commit messages."""
    evil = '"Eve\n\tbcc: x@evil.example, <y@evil.example>" <eve@good.example>'
    third = message_id(sink, 3)
    posted.mkit.bring(
        mail(
            "Re: [PATCH 3/3] pebble: count what is lost",
            "Fine.\n\nReviewed-by: Eve <eve@good.example>\x1b[31m\n"
            "Acked-by: a, b <c@d>\r x <e@f>\n",
            sender=evil,
            message_id="evil@x",
            parents=(message_id(sink, 0), third),
            headers=WEEK,
        )
    )
    posted.at(LATER).send("fails", "--yes")
    for one, raw in zip(sink.mails[4:], sink.raw[4:], strict=True):
        got = people(one, "Cc")
        assert "eve@good.example" in got
        assert not [address for address in got if "evil" in address]
        assert b"\x1b" not in raw
        assert one["Bcc"] is None


def test_the_same_again(posted: Author, sink: Sink) -> None:
    posted.at("2026-03-20T12:00:00Z").send("fails", "--resend", "--yes")
    assert sink.subjects[4:6] == [
        "[PATCH RESEND 0/3] pebble: mounts that fail",
        "[PATCH RESEND 1/3] pebble: give the buffer back",
    ]
    assert "Changes in" not in text_of(sink, 4)
    (topic,) = posted.mkit.topics()
    assert [one["revision"] for one in topic["revisions"]] == [1, 1]
    assert posted.at("2026-03-30T12:00:00Z").told("fails", "--show")["revision"] == 2


def test_what_was_an_rfc_may_begin_again(mkit: Mkit, sink: Sink) -> None:
    author = Author(mkit, sink)
    author.branch("one")
    author.commit("give the buffer back", 10)
    assert "could be sent again" in author.send("one", "--resend", code=1).stderr
    author.send("one", "--rfc", "--yes")
    author.at(LATER)
    assert author.told("one", "--show")["revision"] == 2
    author.send("one", "-v", "1", "--yes")
    assert sink.subjects == [
        "[RFC PATCH] pebble: give the buffer back",
        "[PATCH] pebble: give the buffer back",
    ]
    assert len(author.mkit.topics()) == 1
