# SPDX-License-Identifier: GPL-2.0-or-later
"""What may go wrong while a topic is open, and mail that means harm."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from threading import Event

from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.sync import sync
from tests.build import BO, edit, mail, part_id, patch, posting, reply
from tests.tui.driver import Screens, running
from tests.tui.reading import deliver

EVIL = "\x1b[31m\x1b]0;owned\x07\x9b2J\u202e\u2066[bold]x[/]"
LINES = 100_000


def _files(screens: Screens, message_id: str) -> list[Path]:
    record = screens.stores.catalogue.records([message_id])[message_id]
    return [Path(file.path) for file in record.files]


async def test_a_mail_that_is_deleted_under_the_cursor(place: Path) -> None:
    async with running((140, 40)) as screens:
        sync(screens.stores)
        gone = _files(screens, part_id("xattr", 3))
        await screens.open("xattr")
        assert all(file.is_relative_to(place) for file in gone)
        for file in gone:
            file.unlink()
        await screens.press("G", "right_square_bracket", "right_square_bracket")
        await screens.sees("Reason 2.")
        await screens.press("right_square_bracket")
        await screens.sees("this mail cannot be read")
        await screens.press("left_square_bracket")
        await screens.sees("Reason 2.")
        # Once it is known that it is gone, its place is empty.
        await screens.press("f5")
        await screens.sees("3 has not arrived")


async def test_a_catalogue_that_another_process_makes_anew(place: Path) -> None:
    async with running((140, 40)) as screens:
        await screens.open("xattr")
        await screens.press("right_square_bracket")
        await screens.sees("Reason 1.")
        argv = [sys.executable, "-m", "maintainer_kit", "rebuild"]
        done = subprocess.run(argv, env=dict(os.environ), capture_output=True, timeout=60)
        assert done.returncode == 0, done.stderr
        await screens.press("right_square_bracket")
        await screens.sees("Reason 2.")
        await screens.press("a")
        await screens.sees("accepted on 1 message")
        assert screens.state(part_id("xattr", 2)) == "new"
        assert screens.topic.outline.detail is not None
        await screens.until(
            lambda: (
                (found := screens.topic.outline.detail) is not None
                and found.state_of(part_id("xattr", 2)) == "accepted"
            )
        )


async def test_a_topic_that_is_opened_while_all_is_read_anew(place: Path) -> None:
    async with running((140, 40), watch=True) as screens:
        await screens.until(lambda: screens.app.watching.syncs == 1)
        goes_on = Event()
        screens.app.session.syncing.submit(
            lambda _: goes_on.wait(20), lambda _: None, lambda _: None
        )
        with open_workspace() as workspace, workspace.catalogue.transaction():
            workspace.catalogue.clear()
        await screens.press("f5", "enter")
        await screens.sees("it comes back by itself")
        goes_on.set()
        await screens.until(lambda: screens.topic.outline.detail, "the topic")
        await screens.until(lambda: screens.topic.mail.document, "its mail")
        await screens.until(lambda: "comes back" not in screens.text, "other words")


def _evil_mails() -> list[bytes]:
    """A topic in which each field that is shown holds what a terminal obeys."""
    who = f'"Eve {EVIL}" <eve@{"x"}.example>'
    head = posting("evil", 2, sender=who, minutes=1000, prefix="PATCH")
    diff = edit(f"fs/{EVIL}.c", old=EVIL, new=f"{EVIL}2")
    first = patch(
        f"[PATCH 3/3] evil: {EVIL}",
        diff,
        text=f"Why {EVIL}\n\nSigned-off-by: {EVIL} <e@x.example>\nLink: https://a.example/{EVIL}\n",
        below=f" fs/{EVIL}.c | 2 +-\n",
        sender=who,
        message_id="evil3@x",
        minutes=1003,
    )
    said = f"> +\t{EVIL}2();\n\nWhat is {EVIL}?\n\nReviewed-by: {EVIL} <e@x.example>\n"
    return [*head, first, reply("evil3@x", said, sender=who, minutes=1100, message_id="evilr@x")]


async def test_escape_sequences_in_every_field(place: Path, tmp_path: Path) -> None:
    deliver(tmp_path / "more", _evil_mails())
    async with running((164, 50)) as screens:
        await screens.press("5", "g")
        while "evil" not in screens.subject or "\x1b" not in screens.subject:
            await screens.press("j")
        await screens.press("enter")
        await screens.until(lambda: len(screens.app.screen_stack) > 1)
        await screens.until(lambda: screens.topic.remarks is not None)
        for keys in (
            "n", "n", "N", "right_curly_bracket", "j", "j", "vertical_line", "F", "escape",
            "t", "escape", "h", "escape", "z", "right_parenthesis", "z", "greater_than_sign",
        ):  # fmt: skip
            await screens.press(keys)
            _is_safe(screens.text)


def _is_safe(shown: str) -> None:
    for sign in "\x1b\x07\x9b\u202e\u2066":
        assert sign not in shown
    assert "owned" not in shown or "]0;owned" in shown


async def test_a_diff_of_100_000_lines(place: Path, tmp_path: Path) -> None:
    rows = "".join(f"+\tvalue_{at} = {at};\n" for at in range(LINES))
    names = "diff --git a/t.c b/t.c\nnew file mode 100644\n--- /dev/null\n+++ b/t.c\n"
    diff = f"{names}@@ -0,0 +1,{LINES} @@\n{rows}"
    deliver(tmp_path / "more", [patch("[PATCH] table: grow", diff, message_id="t@x", minutes=900)])
    async with running((164, 50)) as screens:
        await screens.open("table")
        start = time.process_time()
        await screens.press("G", "k", "k", "k")
        assert "t.c +99999" in screens.text
        for keys in ("ctrl+u", "space", "j", "g", "right_curly_bracket", "vertical_line", "G"):
            await screens.press(keys)
        await screens.press("left_curly_bracket")
        assert screens.topic.mail.spot is not None
        assert time.process_time() - start < 8


async def test_a_mail_of_one_endless_line(place: Path, tmp_path: Path) -> None:
    body = "word " * 100_000 + "\n" + ">" * 100_000 + "\n" + "https://" * 20_000 + "\n"
    raw = mail("Endless", body, sender=BO, message_id="endless@x", minutes=900)
    deliver(tmp_path / "more", [raw])
    async with running((80, 24)) as screens:
        await screens.open("Endless")
        for keys in ("G", "k", "g", "space", "z", "enter"):
            await screens.press(keys)
        assert screens.app.screen is screens.topic
