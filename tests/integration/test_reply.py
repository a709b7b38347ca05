# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit reply`` with the real git send-email, to an SMTP server of the test."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from email.utils import getaddresses
from pathlib import Path

import pytest

from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.patch.anchor import anchor
from maintainer_kit.model.patch.places import Place, read_places
from tests.build import ADA, BO, LIST, edit, mail, part_id, patch, posting
from tests.build import reply as answer
from tests.cli import schemas
from tests.integration.driver import SAMPLE, Json, Mkit
from tests.integration.replying import drafts, editor, sending_to
from tests.integration.smtp_sink import Sink, smtp_sink

ME = "Robin Maintainer <robin@lumen.example>"


@pytest.fixture
def sink() -> Iterator[Sink]:
    with smtp_sink() as made:
        yield made


@pytest.fixture
def desk(mkit: Mkit, sink: Sink) -> Mkit:
    """Robin's home with a series of two patches."""
    made = sending_to(mkit, sink)
    made.bring(*posting("foo", 2, sender=ADA))
    return made


def body(raw: bytes) -> str:
    return read_mail(raw).text


def people(found: Message, name: str) -> list[str]:
    return [address for _, address in getaddresses([str(found[name] or "")])]


def text_of(mkit: Mkit, message_id: str) -> str:
    """The text of a mail that was brought in."""
    path = mkit.notmuch("search", "--output=files", f"id:{message_id}").split("\n")[0]
    return read_mail(Path(path).read_bytes()).text


def test_a_review_of_a_series_arrives_threaded_quoted_and_at_its_lines(
    mkit: Mkit, sink: Sink
) -> None:
    """Five comments on a real series of the sample; our reader reads what the server got."""
    made = sending_to(mkit, sink)
    made.run("import", SAMPLE / "pebblefs.mbox")
    series = next(one for one in made.topics() if usable(one))
    patches = series["revisions"][-1]["patches"]
    spots = chosen_spots(made, [one["message_id"] for one in patches])
    words = [
        f"Comment {number} speaks of this very line, please look." for number in range(len(spots))
    ]
    options = [
        f"--comment={place.path}:{place.line}={word}"
        for (_, place), word in zip(spots, words, strict=True)
    ]
    made.run("reply", series["id"], *options, "--yes")
    answered = {one for one, _ in spots}
    assert len(sink.mails) == len(answered)
    for raw, found in zip(sink.raw, sink.mails, strict=True):
        parent = str(found["In-Reply-To"]).strip("<>")
        assert parent in answered
        assert str(found["References"]).split()[-1] == f"<{parent}>"
        original = text_of(made, parent)
        quoted = [line[2:] for line in body(raw).split("\n") if line.startswith("> ")]
        assert set(quoted) <= set(original.split("\n"))
        expected = [
            (place.path, place.side, place.line, word)
            for (one, place), word in zip(spots, words, strict=True)
            if one == parent
        ]
        read = [
            (one.place.path, one.place.side, one.place.line, one.text)
            for one in anchor(original, body(raw))
        ]
        assert sorted(read) == sorted(expected)
    assert sum(len(anchor(text_of(made, one), body(raw))) for one, raw in pairs(sink)) == 5


def pairs(sink: Sink) -> list[tuple[str, bytes]]:
    return [
        (str(found["In-Reply-To"]).strip("<>"), raw)
        for raw, found in zip(sink.raw, sink.mails, strict=True)
    ]


def usable(topic: Json) -> bool:
    patches = topic["revisions"][-1]["patches"] if topic["revisions"] else []
    is_whole = topic["kind"] == "series" and None not in patches and len(patches) > 2
    files = [path for one in patches if one for path in one["files"]]
    return is_whole and len(files) == len(set(files))


def chosen_spots(mkit: Mkit, message_ids: list[str]) -> list[tuple[str, Place]]:
    """Five added lines, two of each patch."""
    found: list[tuple[str, Place]] = []
    for message_id in message_ids:
        lines = text_of(mkit, message_id).split("\n")
        added = [
            place
            for line, place in zip(lines, read_places(lines), strict=True)
            if place.hunk and line.startswith("+") and len(line.strip()) > 3
        ]
        found += [(message_id, place) for place in added[:2]]
    return found[:5]


def test_to_all_but_me_each_once(desk: Mkit, sink: Sink) -> None:
    first = part_id("foo", 1)
    desk.bring(
        answer(
            first,
            "Why?\n",
            sender=BO,
            message_id="why@made.example",
            to=f"{ADA}, {ME}, {LIST}, ada@quarry.example",
        )
    )
    desk.run("reply", "why@made.example", "-m", "Because of the lock.", "--yes")
    (found,) = sink.mails
    assert people(found, "To") == ["bo@shale.example"]
    assert people(found, "Cc") == ["ada@quarry.example", LIST]
    assert found["From"] == ME
    assert found["Subject"] == "Re: [PATCH] something"
    assert "On Mon, 05 Jan 2026 10:00:00 +0000, Bo Reviewer wrote:\n> Why?\n\nBecause of the" in (
        body(sink.raw[0])
    )
    desk.run("reply", "why@made.example", "-m", "Really.", "--author", "--yes")
    assert sink.mails[1]["Cc"] is None
    assert people(sink.mails[1], "To") == ["bo@shale.example"]


def test_nobody_else_gets_it_whatever_the_configuration_adds(desk: Mkit, sink: Sink) -> None:
    """sendemail.to and commands that name recipients were never shown."""
    config = desk.home / "config"
    config.write_text(
        f"{config.read_text()}\tto = boss@lumen.example\n\tcc = boss@lumen.example\n"
        "\ttoCmd = echo boss@lumen.example;:\n\tccCmd = echo boss@lumen.example;:\n"
        "\tsuppresscc = all\n\tconfirm = always\n"
    )
    desk.run("reply", part_id("foo", 1), "--tag", "Reviewed-by", "--yes")
    (raw,) = sink.raw
    assert b"boss@" not in raw
    assert people(sink.mails[0], "To") == ["ada@quarry.example"]
    assert people(sink.mails[0], "Cc") == [LIST]


def test_the_turn_changes_at_once(desk: Mkit, sink: Sink) -> None:
    before = desk.topics()[0]
    assert before["turn"] == "me"
    comment = "fs/foo/1.c:8=Why two? Please explain that in the message."
    desk.run("reply", before["id"], "--comment", comment, "--yes")
    after = desk.topics()[0]
    assert after["turn"] == "author"
    (remark,) = desk.json("show", before["id"])["comments"][part_id("foo", 1)]
    assert (remark["path"], remark["line"]) == ("fs/foo/1.c", 8)


def test_options_that_mean_nothing(desk: Mkit, sink: Sink) -> None:
    target = part_id("foo", 1)
    for words in (
        [],
        [target],
        [target, "--tag", "Signed-off-by"],
        [target, "--comment", "fs/foo/1.c:8"],
        [target, "--comment", "fs/foo/1.c:0=Why?"],
        [target, "--no-edit"],
    ):
        desk.run("reply", *words, "--yes", code=2)
    done = desk.run("reply", target, "--comment", "fs/foo/1.c:800=Why?", "--yes", code=1)
    assert "no patch shows fs/foo/1.c:800" in done.stderr
    assert "no message no@x" in desk.run("reply", "no@x", "-m", "Hm.", code=1).stderr
    config = desk.home / "config"
    config.write_text(config.read_text() + "[mkit]\n\ttemplate = nothing\n")
    assert "mkit.template is 'nothing'" in desk.run("reply", "--drafts", code=1).stderr
    assert sink.raw == []


def test_a_trailer_counts_at_once(desk: Mkit, sink: Sink) -> None:
    before = desk.topics()[0]
    assert before["trailers"] == {}
    done = desk.run("reply", before["id"], "--tag", "rev", "--yes")
    assert "1 reply sent" in done.stdout
    (raw,) = sink.raw
    assert body(raw).endswith(f"\n\nReviewed-by: {ME}\n")
    after = desk.topics()[0]
    assert after["trailers"] == {"Reviewed-by": 1}
    assert drafts(desk) == []
    # The copy that the list sends is known.
    assert desk.bring(raw)["new"] == 0
    assert len(desk.topics()[0]["revisions"][-1]["follow_ups"]) == 1


def test_trailers_to_each_patch_and_where_there_is_no_cover_letter(desk: Mkit, sink: Sink) -> None:
    topic = desk.topics()[0]["id"]
    desk.run("reply", topic, "--tag", "Acked-by", "--each", "--yes")
    assert [str(one["In-Reply-To"]) for one in sink.mails] == [
        f"<{part_id('foo', number)}>" for number in (1, 2)
    ]
    desk.bring(*posting("bar", 2, cover=False, sender=ADA))
    other = next(one["id"] for one in desk.topics() if one["id"] != topic)
    desk.run("reply", other, "--tag", "Tested-by", "--yes")
    assert len(sink.mails) == 4


def test_what_fails_after_two_of_five_is_kept_and_goes_on(desk: Mkit, sink: Sink) -> None:
    desk.bring(*posting("five", 5, cover=False, sender=ADA))
    topic = next(one["id"] for one in desk.topics() if one["total"] == 5)
    script = desk.base / "sendmail"
    # Refuses the third mail, once.
    script.write_text(
        f'#!/bin/sh\ncd "{desk.base}"\ncat >> sent-mail\necho >> count\n'
        "[ $(wc -l < count) -eq 3 ] && { echo no >&2; exit 75; }\nexit 0\n"
    )
    script.chmod(0o700)
    config = desk.home / "config"
    config.write_text(config.read_text() + f"[sendemail]\n\tsmtpServer = {script}\n")
    done = desk.run("reply", topic, "--tag", "Reviewed-by", "--each", "--yes", code=1)
    assert "2 of 5 replies sent, then: git send-email" in done.stderr
    assert "3 drafts are kept: mkit reply --send" in done.stderr
    assert len(drafts(desk)) == 3
    assert desk.topic(topic)["trailers"] == {"Reviewed-by": 1}
    value = desk.json("reply", "--send", "--yes")
    schemas.check(value, "reply")
    assert len(value["sent"]) == 3
    assert drafts(desk) == []
    ids = [line for line in (desk.base / "sent-mail").read_text().split("\n") if "In-Reply" in line]
    assert len(ids) == 6
    assert len(set(ids)) == 5


def test_it_is_not_sent_unless_somebody_agreed(desk: Mkit, sink: Sink) -> None:
    done = desk.run("reply", part_id("foo", 1), "-m", "Fine.", code=1)
    assert "Subject: Re: [PATCH 1/2] foo: step 1" in done.stdout
    (kept,) = drafts(desk)
    assert f"mkit reply --send --yes {kept['id']}" in done.stderr
    assert sink.raw == []
    desk.run("reply", "--drop", kept["id"][:5])
    assert drafts(desk) == []
    assert "no draft" in desk.run("reply", "--drop", kept["id"], code=1).stderr


def test_a_dry_run_keeps_and_sends_nothing(desk: Mkit, sink: Sink) -> None:
    done = desk.run("reply", part_id("foo", 1), "-m", "Fine.", "--dry-run")
    assert "In-Reply-To: <foo-v1-1@made.example>" in done.stdout
    assert "\n> Reason 1.\n" in done.stdout
    value = desk.json("reply", part_id("foo", 1), "-m", "Fine.", "--dry-run")
    schemas.check(value, "reply")
    assert value["drafts"][0]["topic"] == desk.topics()[0]["id"]
    assert (drafts(desk), sink.raw) == ([], [])


def test_it_can_be_put_into_an_mbox_or_left_as_a_draft(desk: Mkit, sink: Sink) -> None:
    target = desk.base / "out.mbox"
    target.write_bytes(b"From x@y Thu Jan  1 00:00:00 1970\nSubject: one\n\nFrom here.\n")
    desk.run("reply", part_id("foo", 1), "-m", "Fine.", "--yes", "--mbox", target)
    desk.run("reply", part_id("foo", 2), "-m", "From now on.", "--yes", "--mbox", target)
    assert target.read_text().count("\n\nFrom mboxrd@z ") == 2
    assert "\n>From now on.\n" in target.read_text()
    config = desk.home / "config"
    config.write_text(config.read_text() + "[mkit]\n\treplyTo = drafts\n")
    done = desk.run("reply", part_id("foo", 1), "-m", "Fine.", "--yes")
    (left,) = (desk.home / "outbox" / "cur").iterdir()
    assert str(desk.home / "outbox") in done.stdout
    assert b"\n\nFine.\n" in left.read_bytes()
    # It was not sent, so it is not among one's own mail.
    assert desk.topics()[0]["revisions"][-1]["follow_ups"] == []
    assert (drafts(desk), sink.raw) == ([], [])


def test_an_editor_writes_it(desk: Mkit, sink: Sink) -> None:
    target = part_id("foo", 1)
    command = editor(desk.base, 'sed -i "s/^Cc: .*/Cc: bo@shale.example/" "$1"; echo Hm. >> "$1"')
    done = desk.having(GIT_EDITOR=command).run("reply", target, "--edit", "--yes")
    assert done.stdout == "1 reply sent\n"
    assert people(sink.mails[0], "Cc") == ["bo@shale.example"]
    text = body(sink.raw[0])
    assert text.endswith("Hm.\n")
    assert "> +\ttwo_1();" in text
    assert "2.39.5" not in text
    assert list((desk.home / "drafts").iterdir()) == []


def test_an_editor_that_fails_or_says_nothing_sends_nothing(desk: Mkit, sink: Sink) -> None:
    target = part_id("foo", 1)
    for script, words in (
        ("exit 3", "the editor ended with 3; the text is in"),
        ("exit 0", "nothing was changed in the editor"),
        (': > "$1"', "nothing was written"),
        ('rm "$1"', "nothing was written"),
    ):
        command = editor(desk.base, script)
        done = desk.having(GIT_EDITOR=command).run("reply", target, "--edit", "--yes", code=1)
        assert words in done.stderr, script
    assert sink.raw == []
    desk.run("reply", target, "-m", "Kept words.", "--keep")
    desk.having(GIT_EDITOR=editor(desk.base, ': > "$1"')).run(
        "reply", target, "--edit", "--yes", code=1
    )
    assert len(drafts(desk)) == 1
    command = editor(desk.base, 'sed -i "s/^To: .*/To: nobody at all/" "$1"; echo More. >> "$1"')
    done = desk.having(GIT_EDITOR=command).run("reply", target, "--edit", "--yes", code=1)
    assert "is no address; the text is kept" in done.stderr
    assert sink.raw == []


def test_what_an_editor_left_is_gone_on_with(desk: Mkit, sink: Sink) -> None:
    target = part_id("foo", 1)
    crashed = editor(desk.base, 'echo "A long thought." >> "$1"; exit 1')
    desk.having(GIT_EDITOR=crashed).run("reply", target, "--edit", "--yes", code=1)
    assert "an editor left 1 text of replies" in desk.run("doctor").stdout
    command = editor(desk.base, "exit 0")
    desk.having(GIT_EDITOR=command).run("reply", target, "--edit", "--yes")
    assert body(sink.raw[0]).endswith("A long thought.\n")


def test_a_confidential_topic_asks_before_it_becomes_known(desk: Mkit, sink: Sink) -> None:
    topic = desk.topics()[0]["id"]
    desk.run("confidential", topic)
    done = desk.run("reply", topic, "-m", "Secret.", "--yes", code=1)
    assert f"is confidential, and {LIST} would learn of it" in done.stderr
    assert sink.raw == []
    desk.run("reply", topic, "--author", "-m", "", "--no-edit", "--yes")
    assert people(sink.mails[0], "To") == ["ada@quarry.example"]
    desk.run("reply", topic, "-m", "Told to all.", "--yes", "--public")
    assert people(sink.mails[1], "Cc") == [LIST]


def test_templates_and_findings(desk: Mkit, sink: Sink) -> None:
    folder = desk.home / "templates"
    folder.mkdir()
    (folder / "thanks.txt").write_text("Dear {author},\n\non {lists}: {subject} {nothing}\n")
    named = desk.base / "other"
    named.write_text("Hello.\n")
    config = desk.home / "config"
    config.write_text(config.read_text() + f"[mkit]\n\ttemplate = hello {named}\n")
    target = part_id("foo", 1)
    done = desk.run("reply", target, "--template", "thanks", "-m", "Bye.", "--dry-run")
    assert (
        f"\n\nDear Ada Author,\n\non {LIST}: [PATCH 1/2] foo: step 1 {{nothing}}\n\nBye.\n"
        in done.stdout
    )
    assert "Hello." in desk.run("reply", target, "--template", "hello", "--dry-run").stdout
    done = desk.run("reply", target, "--template", "none", "--dry-run", code=1)
    assert "templates: hello, thanks" in done.stderr
    desk.bring(patch("[PATCH] Bad thing.", edit(), text="x\n", message_id="bad@made.example"))
    done = desk.run("reply", "bad@made.example", "--findings", "--dry-run")
    assert "Hi Ada,\n\nthank you for the patch." in done.stdout
    assert "easily mended" in done.stdout


def test_hostile_mail_is_answered_in_a_mail_that_is_one(desk: Mkit, sink: Sink) -> None:
    everybody = ", ".join(f"p{number}@many.example" for number in range(2000))
    desk.bring(
        mail(
            "=?utf-8?q?[PATCH]_a=0D=0ABcc=3A_evil=40x.example?=",
            "\x1b]0;title\x07 and \x00 and " + "x" * 3000 + "\n--\nshort\n",
            sender="=?utf-8?b?RXZpbCI8YUBiPiwKQmNjOiB4QHkuZXhhbXBsZQ==?= <evil@x.example>",
            message_id="hostile@made.example",
            to=everybody,
            headers={
                "Date": "Thu, 99 Nonsense\t2026",
                "Content-Type": "text/plain; charset=klingon",
                "References": " ".join(f"<{number:0200}@made.example>" for number in range(500)),
            },
        )
    )
    desk.run("reply", "hostile@made.example", "-m", "No.", "--yes")
    (raw,) = sink.raw
    (found,) = sink.mails
    assert found["Bcc"] is None
    assert people(found, "To") == ["evil@x.example"]
    assert len(people(found, "Cc")) == 249
    assert max(map(len, raw.split(b"\r\n"))) < 1000
    assert str(found["References"]).split()[-1] == "<hostile@made.example>"
    assert str(found["References"]).split()[0].endswith("0@made.example>")
    assert body(raw).endswith("\nNo.\n")
    assert "x" * 3000 in body(raw)
    assert "short" not in body(raw)


def test_a_mail_whose_fate_nobody_knows_is_asked_about(desk: Mkit, sink: Sink) -> None:
    script = desk.base / "sendmail"
    # Ends git send-email, and with it what is known of the mail.
    script.write_text("#!/bin/sh\ncat > /dev/null\nkill -9 $PPID\n")
    script.chmod(0o700)
    config = desk.home / "config"
    before = config.read_text()
    config.write_text(before + f"[sendemail]\n\tsmtpServer = {script}\n")
    done = desk.run("reply", part_id("foo", 1), "-m", "Fine.", "--yes", code=1)
    assert "nobody knows whether" in done.stderr
    config.write_text(before)
    (kept,) = drafts(desk)
    assert kept["stage"] == "sending"
    done = desk.run("reply", "--send", "--yes", code=1)
    assert f"mkit reply --went-out {kept['id']}, or --not-sent {kept['id']}" in done.stderr
    assert "is on its way" in desk.run("reply", "--drop", kept["id"], code=1).stderr
    assert "mkit reply --drafts" in desk.run("doctor").stdout
    desk.run("reply", "--not-sent", kept["id"])
    desk.run("reply", "--send", "--yes")
    assert [one["Message-ID"] for one in sink.mails] == [f"<{kept['message_id']}>"]


def test_a_mail_that_went_out_is_not_sent_again(desk: Mkit, sink: Sink) -> None:
    desk.run("reply", part_id("foo", 1), "-m", "Fine.", "--keep")
    (kept,) = drafts(desk)
    path = desk.home / "drafts" / f"{kept['id']}.json"
    sending = path.read_text().replace('"stage": "open"', '"stage": "sending"')
    path.write_text(sending)
    raw = answer(part_id("foo", 1), "Fine.\n", sender=ME, message_id=kept["message_id"])
    # The copy of the list tells that it went out.
    desk.bring(raw)
    assert drafts(desk) == []
    path.write_text(sending.replace(kept["message_id"], "other@lumen.example"))
    desk.run("reply", "--went-out", kept["id"][:6])
    assert drafts(desk) == []
    assert sink.raw == []


def test_drafts_are_backed_up_and_a_broken_one_is_named(desk: Mkit, tmp_path: Path) -> None:
    desk.run("reply", part_id("foo", 1), "-m", "Fine.", "--keep")
    (kept,) = drafts(desk)
    desk.run("backup", tmp_path / "b.tar.gz")
    other = Mkit(tmp_path / "other")
    other.run("restore", tmp_path / "b.tar.gz")
    assert drafts(other) == [kept]
    path = other.home / "drafts" / f"{kept['id']}.json"
    path.write_text(path.read_text()[:-40])
    done = other.run("doctor", code=1)
    assert f"{path} holds no draft that can be read" in done.stdout
    assert "cannot be understood" in other.run("reply", part_id("foo", 1), "-m", "x", code=1).stderr
