# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit reply`` where something goes wrong: killed while it sends, hostile names, a terminal."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.build import ADA, LIST, edit, mail, part_id, patch, posting
from tests.integration.driver import Mkit
from tests.integration.replying import drafts, editor, sending_to
from tests.integration.smtp_sink import Sink, smtp_sink
from tests.integration.terminal import on_terminal

FIRST = part_id("foo", 1)


@pytest.fixture
def sink() -> Iterator[Sink]:
    with smtp_sink() as made:
        yield made


@pytest.fixture
def desk(mkit: Mkit, sink: Sink) -> Mkit:
    made = sending_to(mkit, sink)
    made.bring(*posting("foo", 2, sender=ADA))
    return made


def by_program(desk: Mkit, script: str) -> Path:
    """Let a shell script send the mail; its place for files is returned."""
    program = desk.base / "sendmail"
    program.write_text(f'#!/bin/sh\ncd "{desk.base}"\n{script}\n', encoding="utf-8")
    program.chmod(0o700)
    config = desk.home / "config"
    config.write_text(config.read_text() + f"[sendemail]\n\tsmtpServer = {program}\n")
    return desk.base


def test_killed_while_it_sends_it_asks_and_sends_no_second_mail(desk: Mkit) -> None:
    place = by_program(desk, "cat >> sent-mail\necho > reached\ncat hold > /dev/null")
    os.mkfifo(place / "reached")
    os.mkfifo(place / "hold")
    desk.run("reply", FIRST, "-m", "Fine.", "--keep")
    (kept,) = drafts(desk)
    running = desk.start("reply", "--send", "--yes")
    (place / "reached").read_text()  # the mail is out, and mkit has not heard of it
    running.kill()
    running.communicate(timeout=60)
    with (place / "hold").open("w"):
        pass
    done = desk.run("reply", "--send", "--yes", code=1)
    assert f"mkit ended while it sent {kept['id']}" in done.stderr
    assert "did it go out?" in desk.run("reply", "--drafts").stdout
    assert "did" in desk.run("reply", part_id("foo", 2), "-m", "Hm.", "--keep").stderr
    # It comes back by the list: nothing is to be asked any more.
    desk.bring((place / "sent-mail").read_bytes().replace(b"\r\n", b"\n"))
    assert [one["answers"] for one in drafts(desk)] == [part_id("foo", 2)]
    sent = (place / "sent-mail").read_text()
    assert sent.count(f"Message-Id: <{kept['message_id']}>") == 1


def test_killed_before_the_import_the_next_start_makes_up_for_it(desk: Mkit) -> None:
    desk.run("reply", FIRST, "--tag", "Acked-by", "--keep")
    (kept,) = drafts(desk)
    raw = desk.run("reply", FIRST, "-m", "", "--no-edit", "--dry-run").stdout
    path = desk.home / "drafts" / f"{kept['id']}.json"
    text = path.read_text().replace('"stage": "open"', '"stage": "sent"')
    lines = raw.replace("\n", "\\n").replace('"', '\\"')
    path.write_text(text.replace('"raw": ""', f'"raw": "{lines}"'))
    assert drafts(desk) == []
    assert desk.topics()[0]["trailers"] == {"Acked-by": 1}


def test_no_name_leads_mail_to_another_address(desk: Mkit) -> None:
    """git send-email takes the first that looks like an address for one."""
    place = by_program(desk, 'cat > /dev/null\necho "$@" > recipients')
    names = ('"eve@evil.example"', '"a, <b@evil.example>"', '"x \\" y@evil.example z"', "-oQ/tmp")
    people = ", ".join(f"{name} <p{at}@good.example>" for at, name in enumerate(names))
    desk.bring(mail("Talk", "Hm.\n", message_id="m@x", to=people))
    desk.run("reply", "m@x", "-m", "Fine.", "--yes")
    words = (place / "recipients").read_text().split()
    expected = {"ada@quarry.example", *(f"p{at}@good.example" for at in range(4))}
    assert {word for word in words if "@" in word} - {"robin@lumen.example"} == expected


def test_a_diff_of_a_hundred_thousand_lines(desk: Mkit, sink: Sink) -> None:
    head, _, _ = edit("fs/big.c").partition("@@ ")
    lines = "".join(f"+\tcall_{number % 97}({number});\n" for number in range(100_000))
    desk.bring(patch("[PATCH] big", f"{head}@@ -0,0 +1,100000 @@\n{lines}", message_id="big@x"))
    comment = "fs/big.c:70000=Is that one needed as well?"
    desk.run("reply", "big@x", "--comment", comment, "--yes")
    (raw,) = sink.raw
    assert len(raw) < 4000
    assert b"> +\tcall_62(69999);\r\n\r\nIs that one needed" in raw
    command = editor(desk.base, 'wc -l < "$1" > "$0.lines"; echo Hm. >> "$1"')
    desk.having(GIT_EDITOR=command).run("reply", "big@x", "--edit", "--keep")
    assert int(Path(f"{command}.lines").read_text()) > 100_000


def test_on_a_terminal_it_is_shown_and_asked(desk: Mkit, sink: Sink) -> None:
    argv = desk.argv("reply", FIRST, "-m", "Fine.")
    with on_terminal(argv, desk.env) as terminal:
        shown = terminal.until("send 1 reply? [y/N]")
        assert re.search(r"^Subject: Re: \[PATCH 1/2\] foo: step 1$", shown, re.MULTILINE)
        terminal.press("n", "Enter")
        terminal.until("kept as")
    assert sink.raw == []
    (kept,) = drafts(desk)
    with on_terminal(desk.argv("reply", "--send"), desk.env) as terminal:
        terminal.until("send 1 reply? [y/N]")
        terminal.press("y", "Enter")
        terminal.until("1 reply sent")
    assert [one["Message-ID"] for one in sink.mails] == [f"<{kept['message_id']}>"]


def test_on_a_terminal_a_confidential_topic_is_asked_about(desk: Mkit, sink: Sink) -> None:
    desk.run("confidential", desk.topics()[0]["id"])
    with on_terminal(desk.argv("reply", FIRST, "-m", "Secret."), desk.env) as terminal:
        assert LIST in terminal.until("Are they meant? [y/N]").replace("\n", "")
        terminal.press("n", "Enter")
        terminal.until("kept as")
    assert sink.raw == []
    assert len(drafts(desk)) == 1


def test_a_terminal_that_goes_away_in_the_middle_of_a_reply_loses_no_words(
    desk: Mkit, sink: Sink
) -> None:
    os.mkfifo(desk.base / "reached")
    os.mkfifo(desk.base / "hold")
    script = f'cd "{desk.base}"\necho "Half a thought" >> "$1"\necho > reached\ncat hold'
    cut = desk.having(GIT_EDITOR=editor(desk.base, script))
    with on_terminal(cut.argv("reply", FIRST, "--edit"), cut.env):
        (desk.base / "reached").read_text()
    assert sink.raw == []
    command = editor(desk.base, 'echo "and the other half." >> "$1"')
    desk.having(GIT_EDITOR=command).run("reply", FIRST, "--edit", "--yes")
    assert b"\r\nHalf a thought\r\nand the other half.\r\n" in sink.raw[0]
