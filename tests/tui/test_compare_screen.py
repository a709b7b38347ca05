# SPDX-License-Identifier: GPL-2.0-or-later
"""Two revisions on the screen: pairs, both ways of comparing, comments, and what is missing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.tui.compare.screen import CompareScreen
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.importing import import_mail
from tests.build import DAY, edit, part_id, patch, posting, reply
from tests.tui.conftest import CONFIG
from tests.tui.driver import Screens, running

HOSTILE = "\x1b[31mred\x07 \u202eup"


def _mails() -> list[bytes]:
    """Three revisions: the second patch otherwise each time; the third has one more."""
    mails: list[bytes] = []
    for revision, word in ((1, "two_2"), (2, "half"), (3, HOSTILE)):
        above = [part_id("s", 0)] if revision > 1 else []
        total = 3 if revision == 3 else 2
        some = posting("s", total, revision=revision, parents=above, minutes=revision * DAY)
        some[2] = some[2].replace(b"two_2", word.encode())
        mails += some
    quoted = "".join(f"> {line}\n" for line in edit("fs/s/2.c", new="half").splitlines()[5:8])
    mails.append(
        reply(
            part_id("s", 2, 2), f"{quoted}Why half?\n", above=[part_id("s", 0)],
            subject="Re: [PATCH v2 2/2] s: step 2", minutes=2 * DAY + 5,
        )
    )  # fmt: skip
    return [*mails, patch("[PATCH] lone: step", message_id="lone@made.example")]


@pytest.fixture(scope="module")
def revised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("revised")
    (base / "mails").mkdir()
    for at, raw in enumerate(_mails()):
        (base / "mails" / f"{at:03}.eml").write_bytes(raw)
    (base / "home").mkdir()
    (base / "home" / "config").write_text(CONFIG, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:
        for name in [one for one in os.environ if one.startswith(("NOTMUCH_", "MKIT_", "GIT_"))]:
            patched.delenv(name)
        patched.setenv("HOME", str(base))
        patched.setenv("MKIT_HOME", str(base / "home"))
        with open_workspace() as workspace:
            import_mail(workspace.stores, MailSource([base / "mails"]))
    return base / "home"


@pytest.fixture(autouse=True)
def own(tmp_path: Path, revised: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "home"
    shutil.copytree(revised, made)
    monkeypatch.setenv("MKIT_HOME", str(made))
    monkeypatch.chdir(tmp_path)
    return made


async def compared(screens: Screens, message_id: str = "") -> CompareScreen:
    """The screen of the topic of a mail, open."""
    wanted = message_id or part_id("s", 0)
    topic = screens.stores.catalogue.topic_ids([wanted])[wanted]
    screen = CompareScreen(screens.app.session, topic)
    await screens.app.push_screen(screen)
    return screen


async def test_the_first_changed_patch_is_shown_at_once(own: Path) -> None:
    async with running() as screens:
        await compared(screens)
        await screens.sees("++")
        assert "v2 -> v3  range-diff" in screens.lines[0]
        assert "1   1 = kept" in screens.text
        assert "changed s: step 2" in screens.text
        assert "new     s: step 3" in screens.text
        assert "half();" in screens.text
        assert "\x1b" not in screens.text and "\u202e" not in screens.text


async def test_from_the_topic_and_back(own: Path) -> None:
    async with running() as screens:
        await screens.open("s: make it better")
        await screens.press("D")
        await screens.until(lambda: isinstance(screens.app.screen, CompareScreen))
        await screens.sees("v2 -> v3  range-diff")
        await screens.press("question_mark")
        await screens.sees("range-diff or interdiff")
        await screens.press("q", "D")
        await screens.until(lambda: screens.app.screen is screens.topic)


async def test_comments_stand_above_with_their_fate(own: Path) -> None:
    async with running() as screens:
        await compared(screens)
        await screens.sees("Bo Reviewer: Why half?")
        assert "1 said" in screens.text
        assert "changed there: fs/s/2.c:8; no answer by mail" in screens.text


async def test_from_patch_to_patch_and_to_the_whole(own: Path) -> None:
    async with running() as screens:
        screen = await compared(screens)
        await screens.sees("4/5")
        await screens.press("right_square_bracket")
        await screens.sees("a new patch: there is nothing to compare it with")
        assert "+       two_3();" in screens.text
        await screens.press("right_square_bracket")
        assert screen.status.message == "no patch after this one"
        await screens.press("left_square_bracket", "left_square_bracket")
        await screens.sees("the same in both")
        await screens.press("2", "left_square_bracket")
        await screens.until(lambda: screen.pairs.cursor == 0)
        await screens.sees("1 comment on v2: ")


async def test_the_interdiff_and_back(own: Path) -> None:
    async with running() as screens:
        await compared(screens)
        await screens.sees("range-diff")
        await screens.press("i")
        await screens.sees("diff --git a/fs/s/2.c b/fs/s/2.c")
        assert "interdiff" in screens.lines[0]
        assert "by the hunks of the mails" in screens.text
        await screens.press("4", "left_square_bracket")
        await screens.sees("fs/s/3.c")
        await screens.press("i")
        await screens.until(lambda: "fs/s/3.c" not in screens.text)


async def test_with_older_revisions_and_back(own: Path) -> None:
    async with running() as screens:
        screen = await compared(screens)
        await screens.sees("v2 -> v3")
        await screens.press("o")
        await screens.sees("v1 -> v3")
        await screens.press("o")
        assert screen.status.message == "no revision before that"
        await screens.press("O")
        await screens.sees("v2 -> v3")
        await screens.press("O")
        assert screen.status.message == "no revision between the two"


async def test_what_cannot_be_compared_is_told(own: Path) -> None:
    async with running() as screens:
        screen = await compared(screens)
        await screens.sees("v2 -> v3")
        await screens.press("l")
        await screens.until(lambda: "was seen in a branch" in screen.status.message)
        assert "v2 -> v3" in screens.lines[0]
        await screens.press("o")
        await screens.sees("v1 -> v3")
        await screens.press("q")
        await screens.until(lambda: screens.app.screen is screens.queue)
        lone = await compared(screens, "lone@made.example")
        await screens.until(lambda: "was seen in a branch" in lone.status.message)
        await screens.press("o", "i", "right_square_bracket", "escape")
        await screens.until(lambda: screens.app.screen is screens.queue)


@pytest.mark.parametrize("size", [(20, 5), (80, 24), (200, 60)])
async def test_in_all_sizes(own: Path, size: tuple[int, int]) -> None:
    async with running(size) as screens:
        screen = await compared(screens)
        await screens.until(lambda: screen.difference.document.rows)
        assert all(len(line) <= size[0] for line in screens.lines)
        await screens.press("j", "k", "right", "left", "space", "i")
        await screens.until(lambda: screen.difference.document.rows)
