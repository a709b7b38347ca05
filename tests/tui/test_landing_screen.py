# SPDX-License-Identifier: GPL-2.0-or-later
"""Landings on the screen: a real repository, judgements, pruning, and what is hostile or gone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.model.queue.landed import Landing
from maintainer_kit.tui import actions
from maintainer_kit.tui.landing.pair_document import beside
from maintainer_kit.tui.landing.screen import LandingScreen
from maintainer_kit.tui.parts.menu import Menu
from maintainer_kit.tui.topic.document import LineKind
from maintainer_kit.wiring.landing import open_landings
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.importing import import_mail
from maintainer_kit.workflow.landing.follow import Wanted
from maintainer_kit.workflow.landing.match import match_new
from maintainer_kit.workflow.landing.pair import Pair, Version
from tests.build import edit, part_id, patch, posting
from tests.integration.repositories import Work
from tests.tui.conftest import CONFIG
from tests.tui.driver import Screens, running

FIRST, SECOND, THIRD = (part_id("foo", number) for number in (1, 2, 3))
ODD = "odd@made.example"
LONG = "long@made.example"
HOSTILE = "bar: \x1b[31mtouch\x07 \u202eup"
BEFORE = "".join(f"line {n}\n" for n in range(6)) + "\tbefore();\n\tone();\n\tafter();\n"
LINES = 30_000


def _mails() -> list[bytes]:
    return [
        *posting("foo", 3),
        patch(
            "[PATCH] bar: touch up", edit("fs/bar/1.c", new="touch"), message_id=ODD, minutes=100
        ),
        patch("[PATCH] table: grow", _long(0), message_id=LONG, minutes=200),
        patch(
            "[PATCH] pipe: wait",
            edit("fs/pipe.c", new="wait"),
            message_id="none@made.example",
            minutes=300,
        ),
    ]


def _long(first: int) -> str:
    rows = "".join(f"+row {n}\n" for n in range(first, LINES))
    return (
        "diff --git a/table b/table\nnew file mode 100644\nindex 0000000..1111111\n"
        f"--- /dev/null\n+++ b/table\n@@ -0,0 +1,{LINES - first} @@\n{rows}"
    )


def _make_work(path: Path) -> Work:
    """foo/1 applied as it was mailed; the others by somebody else, with other words."""
    work = Work(path)
    files = {f"fs/{name}__c": BEFORE for name in ("foo/1", "foo/2", "foo/3", "bar/1")}
    work.commit("Begin", **files)
    work.git("am", "--quiet", data=posting("foo", 3)[1])
    work.git("config", "user.name", "Mallory Other")
    by_other = ("-c", "user.name=Mallory Other", "-c", "user.email=mallory@shale.example")
    for name, title, new in (
        ("foo/2", "foo: as it should be\n\nAnother reason.", "two_2"),
        ("foo/3", "foo: also this", "two_3"),
        ("bar/1", HOSTILE, "touch"),
    ):
        work.commit(title, **{f"fs/{name}__c": BEFORE.replace("one();", f"{new}();")})
        work.git(*by_other, "commit", "--quiet", "--amend", "--no-edit", "--reset-author")
    rows = "".join(f"row {n}\n" for n in range(LINES) if n != LINES // 2)
    work.commit("table: grow it", table=rows)
    work.git(*by_other, "commit", "--quiet", "--amend", "--no-edit", "--reset-author")
    return work


@pytest.fixture(scope="session")
def matched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a home in which these mails were looked for in that repository."""
    base = tmp_path_factory.mktemp("landings")
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
        patched.setenv("MKIT_NOW", "2026-01-20T12:00:00Z")
        work = _make_work(base / "work")
        with open_workspace() as workspace, open_landings(workspace) as room:
            import_mail(workspace.stores, MailSource([base / "mails"]))
            room.follow([Wanted(str(work.path), "master")], lambda done, total: None)
            match_new(workspace.stores, room.evidence)
    return base


@pytest.fixture
def landed(tmp_path: Path, matched: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home for one test; its repository is everybody's, and stays as it is."""
    own = tmp_path / "home"
    shutil.copytree(matched / "home", own)
    monkeypatch.setenv("MKIT_HOME", str(own))
    return own


def _screen(screens: Screens) -> LandingScreen:
    assert isinstance(screens.app.screen, LandingScreen)
    return screens.app.screen


def _words(screens: Screens) -> str:
    """All of what the pair has, on the screen or not."""
    rows = _screen(screens).pair.shown
    return "\n".join(
        text for row in rows for one in (row.left, row.right) if one for _, text in (one,)
    )


async def _go_to(screens: Screens, subject: str) -> None:
    await screens.press("5", "g")
    while subject not in screens.subject:
        before = screens.subject
        await screens.press("j")
        assert screens.subject != before, f"no row with {subject}"


async def _open(screens: Screens, subject: str) -> None:
    await _go_to(screens, subject)
    await screens.press("L")
    await screens.until(lambda: isinstance(screens.app.screen, LandingScreen))
    await screens.until(lambda: _screen(screens).pair.shown)


async def _see_another(screens: Screens, key: str) -> None:
    """Press a key after which another pair is shown."""
    before = _screen(screens).pair.document
    await screens.press(key)
    await screens.until(lambda: _screen(screens).pair.document is not before)


async def _decide(screens: Screens, key: str, holds: Callable[[], object]) -> None:
    """Press a key that decides; what it brings about did not hold before."""
    assert not holds()
    await screens.press(key)
    await screens.until(holds, key)


def _landed(screens: Screens, message_id: str) -> tuple[int, bool, str]:
    """How many patches of a topic landed, whether it is archived, its state: as others see it."""
    topics = screens.stores.catalogue.topic_ids([message_id])
    row = screens.stores.catalogue.rows(list(topics.values()))[0]
    return row.landed, row.standing.archived, row.standing.state


def _current(screens: Screens) -> str:
    line = _screen(screens).landings.current
    return line.message_id if line else ""


async def test_steps_and_commits_of_each_patch(landed: Path) -> None:
    async with running((120, 40)) as screens:
        await _open(screens, "foo")
        assert _current(screens) == SECOND, "it begins with what is undecided"
        lines = screens.lines
        at = next(at for at, line in enumerate(lines) if line.endswith("1/3 foo: step 1"))
        assert lines[at + 1].split()[:4] == ["posted", "2026-01-05", ">", "mainline"]
        assert lines[at + 2].split()[0] == "landed"
        assert "by lines (1.00): the same changed lines" in lines[at + 2]
        assert "perhaps" in screens.text and "another author" in screens.text
        assert "1 of 3 landed" in lines[0]
        assert "candidate 1/2" in screens.text


async def test_candidates_one_by_one(landed: Path) -> None:
    async with running((120, 40)) as screens:
        await _open(screens, "foo")
        await _see_another(screens, "right_square_bracket")
        assert _current(screens) == THIRD
        await screens.press("right_square_bracket")
        await screens.sees("no candidate after this one")
        await _see_another(screens, "left_square_bracket")
        assert _current(screens) == SECOND
        await _see_another(screens, "shift+tab")
        assert _current(screens) == FIRST
        await screens.press("escape")
        assert screens.app.screen is screens.queue


@pytest.mark.parametrize(
    ("size", "beside"), [((160, 40), True), ((159, 40), False), ((80, 24), False)]
)
async def test_side_by_side_where_there_is_room(
    landed: Path, size: tuple[int, int], beside: bool
) -> None:
    async with running(size) as screens:
        await _open(screens, "foo")
        heads = [line for line in screens.lines if "mail: " in line or "commit: " in line]
        assert len(heads) == (1 if beside else 2)
        assert "foo: step 2" in heads[0]
        assert "foo: as it should be" in heads[-1]
        both = [line for line in screens.lines if line.count("Another reason.") == 1]
        assert ("Reason 2." in both[0]) == beside
        assert all(len(line) <= size[0] for line in screens.lines)


async def test_this_is_it_and_the_way_back(landed: Path) -> None:
    async with running((120, 40)) as screens:
        await _open(screens, "foo")
        await _decide(screens, "y", lambda: "by hand: other-author (1.00)" in screens.text)
        assert _landed(screens, FIRST)[0] == 2
        assert _current(screens) == THIRD, "on to what is undecided"
        await _decide(screens, "u", lambda: "1 of 3 landed" in screens.text)
        assert _landed(screens, FIRST)[0] == 1
        assert _current(screens) == SECOND, "the cursor goes to what changed"


async def test_this_is_not_it(landed: Path) -> None:
    async with running((120, 40)) as screens:
        await _open(screens, "bar")
        await _decide(screens, "n", lambda: "no branch that is followed" in _words(screens))
        assert "seen in no branch" in screens.text
        assert "nothing undecided" in screens.text
        await screens.press("n")
        await screens.sees("no commit is under the cursor")
        await _decide(screens, "u", lambda: "touch();" in _words(screens))
        assert "candidate 1/1" in screens.text


def _asks(screens: Screens) -> bool:
    return isinstance(screens.app.screen, Menu)


async def test_prune_a_topic_once_all_of_it_landed(landed: Path) -> None:
    async with running((120, 40)) as screens:
        await _open(screens, "foo")
        await screens.press("P")
        await screens.sees("not all patches of")
        await _decide(screens, "y", lambda: "2 of 3 landed" in screens.text)
        await _decide(screens, "y", lambda: "3 of 3 landed" in screens.text)
        await _decide(screens, "P", lambda: _asks(screens))
        assert "yes, record this topic" in screens.text
        await screens.press("n")
        assert _landed(screens, FIRST) == (3, False, "new")
        await _decide(screens, "P", lambda: _asks(screens))
        await _decide(screens, "y", lambda: "archived on 3 messages" in screens.text)
        assert _landed(screens, FIRST) == (3, True, "accepted")
        await _decide(screens, "u", lambda: "taken back: accepted" in screens.text)
        assert _landed(screens, FIRST) == (3, False, "new")


async def test_prune_all_that_landed_from_the_queue(landed: Path) -> None:
    async with running((120, 40)) as screens:
        await screens.press("P")
        await screens.sees("nothing that landed waits to be pruned")
        for subject in ("bar", "table"):
            await _open(screens, subject)
            await _decide(screens, "y", lambda: "1 of 1 landed" in screens.text)
            await screens.press("q")
        await _decide(screens, "P", lambda: _asks(screens))
        assert "yes, record 2 topics" in screens.text
        await screens.press("l")
        await screens.sees("What landed")
        assert screens.text.count("by hand") >= 2
        await screens.press("q")
        await screens.until(lambda: _asks(screens))
        await _decide(screens, "y", lambda: "archived on 2 messages" in screens.text)
        assert all(_landed(screens, one) == (1, True, "accepted") for one in (ODD, LONG))
        await _decide(screens, "u", lambda: "taken back: accepted" in screens.text)
        assert all(_landed(screens, one) == (1, False, "new") for one in (ODD, LONG))
        await _go_to(screens, "pipe")
        await screens.press("space", "P")
        await screens.sees("not all patches of")


async def test_as_range_diff(landed: Path, matched: Path) -> None:
    before = Work.fingerprint(_existing(matched / "work"))
    async with running((120, 40)) as screens:
        await _open(screens, "foo")
        await _see_another(screens, "d")
        words = _words(screens).split("\n")
        assert "-    foo: step 2" in words
        assert "+    foo: as it should be" in words
        assert "-Author: Ada Author <ada@quarry.example>" in words
        await _see_another(screens, "right_square_bracket")
        assert "+    foo: also this" in _words(screens).split("\n"), "it stays so"
        await _see_another(screens, "d")
        assert "+       two_3();" in _words(screens).split("\n")
    assert _existing(matched / "work").fingerprint() == before, "the repository is not touched"


def _existing(path: Path) -> Work:
    work = Work.__new__(Work)
    work.path = path
    return work


async def test_a_long_diff_scrolls_to_its_end(landed: Path) -> None:
    async with running((160, 30)) as screens:
        await _open(screens, "table")
        pair = _screen(screens).pair
        assert len(pair.shown) < 100, "what is the same is folded"
        await screens.press("z")
        assert len(pair.shown) > LINES
        await screens.press("G")
        await screens.sees(f"+row {LINES - 1}")
        assert pair.scroll_offset.y == pair.max_scroll_y
        await screens.press("z", "g")
        assert pair.scroll_offset.y == 0


def test_of_a_diff_without_end_the_beginning_is_read() -> None:
    head = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -0,0 +1,300000 @@\n"
    diff = head + "+x\n" * 300_000
    patch_side = Version("mail", "x", ("A", "a@b"), 0, (), diff)
    commit_side = replace(patch_side, name="c" * 40)
    landing = Landing("mail", "c" * 40, "title", 0.5, False)
    document = beside(Pair(landing, patch_side, commit_side))
    assert 100_000 < len(document.rows) < 200_000
    assert document.rows[-1].right == (LineKind.NOTE, "the rest of the diff is not shown")


async def test_hostile_words_of_a_commit(landed: Path) -> None:
    async with running((120, 40)) as screens:
        await _open(screens, "bar")
        assert "[31mtouch" in screens.text
        assert not any(char in screens.text for char in "\x1b\x07\u202e")
        await _see_another(screens, "d")
        assert "[31mtouch" in screens.text
        assert not any(char in screens.text for char in "\x1b\x07\u202e")


async def test_a_patch_that_is_nowhere(landed: Path) -> None:
    async with running((120, 40)) as screens:
        await _open(screens, "pipe")
        assert "posted 2026-01-05, seen in no branch" in screens.text
        assert "mkit land looks for it" in screens.text


async def test_a_repository_that_is_gone(landed: Path, matched: Path, tmp_path: Path) -> None:
    moved = matched / "work"
    aside = moved.rename(tmp_path / "aside")
    try:
        async with running((160, 40)) as screens:
            await _open(screens, "foo")
            assert "the commit cannot be read:" in _words(screens)
            assert "Reason 2." in _words(screens)
            await _see_another(screens, "d")
            assert "no range-diff:" in _words(screens)
    finally:
        aside.rename(moved)


async def test_a_topics_head_says_where_a_patch_landed(landed: Path) -> None:
    async with running((140, 40)) as screens:
        await screens.open("foo")
        await screens.press("n")
        await screens.sees("landed in master (mainline) as")
        await screens.press("n")
        await screens.sees("perhaps landed in master (mainline) as")
        await screens.press("L")
        await screens.until(lambda: isinstance(screens.app.screen, LandingScreen))
        await screens.until(lambda: _screen(screens).pair.shown)
        assert _current(screens) == SECOND, "the patch that was under the cursor"
        await screens.press("L")
        assert screens.app.screen is screens.topic


async def test_plain_is_ascii(landed: Path) -> None:
    async with running((120, 40), plain=True) as screens:
        await _open(screens, "foo")
        assert screens.text.isascii()


async def test_help_and_keys(landed: Path) -> None:
    async with running((120, 60)) as screens:
        await _open(screens, "foo")
        await screens.press("question_mark")
        for one in actions.LANDING + actions.UNDOING:
            assert one.words in screens.text
    own = actions.LANDING + actions.UNDOING + actions.GENERAL + actions.SCROLLING + actions.MAIL
    keys = [key for one in own for key in one.keys.split(",")]
    assert len(keys) == len(set(keys))
