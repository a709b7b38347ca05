# SPDX-License-Identifier: GPL-2.0-or-later
"""Comments on lines, replies written in an editor, trailers, drafts, and what is sent of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from maintainer_kit.adapters.kept.drafts import DraftFolder
from maintainer_kit.model.reply.draft import Draft
from maintainer_kit.tui.replying.drafts_screen import DraftsScreen
from maintainer_kit.tui.replying.letter_screen import LetterScreen
from tests.build import LIST, part_id
from tests.integration.replying import editor
from tests.integration.smtp_sink import Sink, smtp_sink
from tests.tui.driver import Screens, running

ALLOC = "alloc@made.example"
FIRST = part_id("xattr", 1)
ADDED = "two"
"""What the patches of the home put in."""


@pytest.fixture
def sink() -> Iterator[Sink]:
    with smtp_sink() as made:
        yield made


@pytest.fixture(autouse=True)
def _sends(place: Path, sink: Sink) -> None:
    with (place / "config").open("a", encoding="utf-8") as config:
        config.write(
            "\tname = Robin Maintainer\n"
            "[sendemail]\n\tsmtpServer = 127.0.0.1\n\tsmtpEncryption = none\n"
            f"\tsmtpServerPort = {sink.port}\n\tsmtpDomain = lumen.example\n"
        )


def _editor(place: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    monkeypatch.setenv("GIT_EDITOR", editor(place, script))


def _drafts(place: Path) -> list[Draft]:
    return sorted(DraftFolder(place).all(), key=lambda one: one.created)


def _said(screens: Screens) -> str:
    return screens.app.deciding_screens()[-1].status.message


async def _at_added_line(screens: Screens, words: str = "alloc") -> None:
    """The cursor on the added line of a patch."""
    await screens.open(words)
    mail = screens.topic.mail
    at = next(n for n, (kind, _) in enumerate(mail.document) if kind == "+")
    mail.go_to_line(at)
    assert ADDED in mail.document[at][1]


async def _comment(screens: Screens, words: str) -> None:
    await screens.press("enter")
    await screens.type(words)
    await screens.press("enter")
    await screens.until(lambda: screens.topic.mail.note_here, "kept")


async def _letter(screens: Screens) -> None:
    """Wait for what would be sent, and all that it needs."""
    await screens.until(
        lambda: isinstance(screens.app.screen, LetterScreen) and screens.app.focused, "a letter"
    )


async def _list(screens: Screens) -> DraftsScreen:
    """The list of drafts, once they are read."""
    await screens.press("m")
    screen = screens.app.screen
    assert isinstance(screen, DraftsScreen)
    await screens.until(lambda: screen.drafts.listed is not None, "listed")
    return screen


# comments on lines


async def test_a_comment_is_kept_at_once_and_shown_at_its_line(place: Path) -> None:
    async with running() as screens:
        await _at_added_line(screens)
        line = screens.topic.mail.text_line
        await _comment(screens, "Why two?")
        (kept,) = _drafts(place)
        assert [(one.line, one.text) for one in kept.notes] == [(line, "Why two?")]
        await screens.sees("you, not sent: Why two?")
        at = next(n for n, row in enumerate(screens.lines) if "you, not sent" in row)
        assert ADDED in screens.lines[at - 1]
    async with running() as screens:
        await screens.open("alloc")
        await screens.sees("you, not sent: Why two?")


async def test_enter_on_it_changes_it_and_delete_takes_it_away_once_asked(place: Path) -> None:
    async with running() as screens:
        await _at_added_line(screens)
        await _comment(screens, "Why two?")
        await screens.press("enter")
        await screens.type("Why not three?")
        await screens.press("enter")
        await screens.sees("you, not sent: Why not three?")
        await screens.press("delete", "n")
        await screens.press("delete", "x")
        await screens.until(lambda: not screens.topic.mail.note_here, "gone")
        assert "not sent" not in screens.text
        assert _drafts(place) == []
        await screens.press("delete")
        assert _said(screens) == "no comment of yours is on this line"


@pytest.mark.parametrize("keys", [("ctrl+e",), ("enter",)])
async def test_a_longer_comment_in_the_editor(
    place: Path, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]
) -> None:
    _editor(place, monkeypatch, 'cp "$1" "$0.shown"; printf "One.\\n\\nTwo.\\n" >> "$1"')
    async with running() as screens:
        await _at_added_line(screens)
        await screens.press("enter", *keys)
        await screens.sees("you, not sent: One.")
        (note,) = _drafts(place)[0].notes
        assert note.text == "One.\n\nTwo."
        shown = (place / "editor.shown").read_text()
        assert shown.rstrip().splitlines()[-1].startswith("> +")
        # What has several lines goes to the editor at once.
        await screens.press("enter")
        await screens.until(lambda: "Two.\nOne." in _drafts(place)[0].notes[0].text, "again")


async def test_a_comment_is_left_as_it_was_by_an_empty_file(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _editor(place, monkeypatch, ': > "$1"')
    async with running() as screens:
        await _at_added_line(screens)
        await _comment(screens, "Why two?")
        await screens.press("enter", "ctrl+e")
        await screens.until(lambda: _said(screens).startswith("nothing was written"), "told")
        assert _drafts(place)[0].notes[0].text == "Why two?"


async def test_a_comment_in_an_edited_text_is_changed_there(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _editor(place, monkeypatch, 'sed -i "/^> +/a Hm, why?" "$1"')
    async with running() as screens:
        await _at_added_line(screens)
        await screens.press("r")
        await _letter(screens)
        await screens.press("d")
        await screens.sees("you, not sent: Hm, why?")
        await screens.press("enter")
        await screens.type("Other words.")
        await screens.press("enter")
        await screens.until(lambda: "the text that you edited" in screens.text, "told")
        assert "Other words" not in _drafts(place)[0].written


# the editor


async def test_a_reply_is_written_shown_and_sent(
    place: Path, monkeypatch: pytest.MonkeyPatch, sink: Sink
) -> None:
    _editor(place, monkeypatch, 'cp "$1" "$0.shown"; echo "Fine by me." >> "$1"')
    async with running() as screens:
        await _at_added_line(screens)
        await _comment(screens, "Why two?")
        await screens.press("r")
        await _letter(screens)
        assert "Why two?" in (place / "editor.shown").read_text()
        for words in ("To: ", "Cc: ", f"{LIST}", "Subject: Re: [PATCH] alloc", "Fine by me."):
            assert words in screens.text
        assert sink.raw == []
        await screens.press("y")
        await screens.until(lambda: _said(screens) == "1 reply sent", "sent")
        (mail,) = sink.mails
        assert mail["In-Reply-To"] == f"<{ALLOC}>"
        assert "Why two?\r\n" in str(mail.get_payload())
        assert _drafts(place) == []
        # It is among one's own mail, and said at its line.
        await screens.sees("Robin Maintainer: Why two?")
        assert "not sent" not in screens.text


async def test_a_reply_begins_with_a_text_of_mine(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _editor(place, monkeypatch, 'cp "$1" "$0.shown"; echo "Rebase, please." >> "$1"')
    async with running() as screens:
        await screens.open("alloc")
        await screens.press("ctrl+r")
        await screens.until(lambda: "no templates" in _said(screens), "none yet")
        folder = place / "templates"
        folder.mkdir()
        (folder / "late.txt").write_text("{author}, this comes late.\n")
        (folder / "thanks").write_text("Thank you.\n")
        await screens.press("ctrl+r")
        await screens.sees("thanks")
        await screens.press("l")
        await _letter(screens)
        assert "this comes late." in (place / "editor.shown").read_text()
        for words in ("this comes late.", "Rebase, please."):
            assert words in screens.text
        assert "{author}" not in screens.text
        await screens.press("x")


async def test_it_is_edited_again_and_kept(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _editor(place, monkeypatch, 'echo "Once more." >> "$1"')
    async with running() as screens:
        await screens.open("alloc")
        await screens.press("r")
        await _letter(screens)
        first = screens.app.screen
        await screens.press("e")
        await screens.until(lambda: screens.app.screen is not first, "edited")
        await _letter(screens)
        assert screens.text.count("Once more.") == 2
        await screens.press("q")
        assert _said(screens) == "kept as 1 draft: m lists them"
        assert _drafts(place)[0].written.count("Once more.") == 2


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ('echo Lost? >> "$1"; exit 3', "the editor ended with 3; the text is in"),
        (': > "$1"', "nothing was written"),
        ("true", "nothing was written; there is no reply"),
        ('rm "$1"', "nothing was written"),
    ],
)
async def test_an_editor_that_leaves_nothing_is_told_in_one_line(
    place: Path, monkeypatch: pytest.MonkeyPatch, script: str, words: str
) -> None:
    async with running((200, 40)) as screens:
        await _at_added_line(screens)
        await _comment(screens, "Why two?")
        await screens.press("delete", "x")
        await screens.until(lambda: not screens.topic.mail.note_here, "gone")
        _editor(place, monkeypatch, script)
        await screens.press("r")
        await screens.until(lambda: words in _said(screens), "told")
        assert screens.app.screen is screens.topic
        # What was written before a failure is gone on with.
        _editor(place, monkeypatch, 'echo "Now." >> "$1"')
        await screens.press("r")
        await _letter(screens)
        assert ("Lost?" in screens.text) is ("Lost?" in script)


async def test_a_draft_outlives_an_editor_that_fails(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _editor(place, monkeypatch, "exit 1")
    async with running((200, 40)) as screens:
        await _at_added_line(screens)
        await _comment(screens, "Why two?")
        await screens.press("r")
        await screens.until(lambda: "the editor ended with 1" in _said(screens), "told")
        assert _drafts(place)[0].notes[0].text == "Why two?"
        await screens.sees("you, not sent: Why two?")


# trailers


async def test_reviewed_by_for_a_series_and_for_a_patch(place: Path, sink: Sink) -> None:
    async with running() as screens:
        await screens.open("xattr")
        await screens.press("V")
        await _letter(screens)
        await screens.sees("Reviewed-by: Robin Maintainer <robin@lumen.example>")
        await screens.press("y")
        await screens.until(lambda: _said(screens) == "1 reply sent", "sent")
        await screens.press("right_square_bracket", "V")
        await _letter(screens)
        await screens.press("y")
        await screens.until(lambda: len(sink.raw) == 2, "sent")
        answered = [one["In-Reply-To"] for one in sink.mails]
        assert answered == [f"<{part_id('xattr', 0)}>", f"<{FIRST}>"]


@pytest.mark.parametrize(
    ("key", "name"), [("a", "Acked"), ("t", "Tested"), ("n", "Nacked"), ("r", "Reviewed")]
)
async def test_other_trailers_are_in_a_menu(place: Path, key: str, name: str) -> None:
    async with running() as screens:
        await screens.press("g", "j", "T", key)
        await _letter(screens)
        assert f"{name}-by: Robin Maintainer <robin@lumen.example>" in screens.text
        await screens.press("x", "x")
        await screens.until(lambda: _said(screens) == "1 draft dropped", "dropped")
        assert _drafts(place) == []


# the list of drafts


async def _two_drafts(screens: Screens) -> None:
    for keys in (("g", "j"), ("g",)):
        await screens.press(*keys, "V")
        await _letter(screens)
        await screens.press("d")


async def test_drafts_are_listed_opened_and_dropped(place: Path) -> None:
    async with running() as screens:
        await _two_drafts(screens)
        screen = await _list(screens)
        assert "draft: Reviewed-by" in screens.text
        await screens.press("enter")
        await _letter(screens)
        await screens.press("q")
        await screens.press("x", "n")
        assert len(_drafts(place)) == 2
        await screens.press("x", "x")
        await screens.until(lambda: len(screen.drafts.listed or ()) == 1, "dropped")
        assert len(_drafts(place)) == 1
        await screens.press("m")
        assert screens.app.screen is screens.queue


async def test_what_is_marked_is_shown_and_sent(place: Path, sink: Sink) -> None:
    async with running() as screens:
        await _two_drafts(screens)
        screen = await _list(screens)
        await screens.press("space", "space", "s")
        await _letter(screens)
        assert "2 replies, as it will be sent" in screens.text
        await screens.press("y")
        await screens.until(lambda: screen.status.message == "2 replies sent", "sent")
        await screens.until(lambda: not screen.drafts.listed, "listed anew")
        await screens.sees("no drafts")
        assert len(sink.raw) == 2
