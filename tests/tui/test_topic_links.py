# SPDX-License-Identifier: GPL-2.0-or-later
"""Addresses of pages in a mail."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from maintainer_kit.tui.parts.themes import look_of
from maintainer_kit.tui.topic.document import LineKind
from maintainer_kit.tui.topic.mail_cells import mail_strip
from maintainer_kit.tui.topic.web_links import links_in, links_of_row
from tests.build import mail
from tests.tui.driver import Screens, running
from tests.tui.reading import deliver

LOOK = look_of("dark", {"COLORTERM": "truecolor"})
ONE = "https://one.example/a_(b)?q=1#x"
TWO = "http://two.example/"


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        (f"see {ONE}.", [ONE]),
        (f"({TWO})", [TWO]),
        (f"Link: <{ONE}>, [{TWO}]", [ONE, TWO]),
        ("ftp://a.example, https://, https:// x, mailto:a@b.example", []),
        ("\u4f50https://c.example/\u4f50", ["https://c.example/"]),
        ("https://d.example/\x1b]8;;evil\x07", ["https://d.example/"]),
    ],
)
def test_addresses(text: str, addresses: list[str]) -> None:
    found = links_in(text)
    assert [one for _, _, one in found] == addresses
    assert all(text[start:end] == one for start, end, one in found)


def test_a_piece_of_a_line_leads_where_the_line_does() -> None:
    line = f"see https://long.example/{'p' * 90} there"
    (_, _, whole) = links_in(line)[0]
    assert links_of_row(line[:60], line) == [(4, 60, whole)]
    assert links_of_row("https://other.example/ x", line) == []


def test_hostile_lines_take_no_time() -> None:
    start = time.process_time()
    for unit in ("https://", "https://a)", "https://(", "https://a.", "http://a'"):
        links_in(unit * 100_000)
    assert time.process_time() - start < 2


def test_terminals_are_told_of_links() -> None:
    strip = mail_strip((LineKind.TRAILER, f"Link: {ONE}"), 80, LOOK)
    (piece,) = (one for one in strip if one.style and one.style.link)
    assert (piece.text, piece.style and piece.style.link) == (ONE, ONE)
    strip = mail_strip((LineKind.ADDED, f'+url = "{ONE}"'), 80, LOOK)
    assert not any(one.style and one.style.link for one in strip)


@pytest.fixture
def seen(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a browser was asked to show; the mail has two lines with addresses."""
    body = f"Read {ONE} first.\n\nThen {ONE} or {TWO}.\n"
    deliver(tmp_path / "more", [mail("Some pages", body, message_id="pages@x", minutes=850)])
    program, found = tmp_path / "browser", tmp_path / "seen"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >>"{found}"\n')
    program.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(program))
    return found


async def _opened(screens: Screens, seen: Path, address: str) -> None:
    await screens.until(lambda: seen.exists() and seen.read_text() == f"{address}\n", address)
    await screens.sees(f"opened: {address}")


async def test_enter_opens_the_address_in_the_line(seen: Path) -> None:
    async with running((140, 40)) as screens:
        await screens.open("Some pages")
        await screens.press("enter")
        await _opened(screens, seen, ONE)


async def test_of_several_a_menu_asks(seen: Path) -> None:
    async with running((140, 40)) as screens:
        await screens.open("Some pages")
        await screens.press("j", "j", "enter")
        await screens.sees(f"2  {TWO}")
        await screens.press("2")
        await _opened(screens, seen, TWO)


async def test_a_click_opens_an_address(seen: Path) -> None:
    async with running((140, 40)) as screens:
        await screens.open("Some pages")
        row = next(one for one in screens.lines if "Then https" in one)
        x = row.index(TWO) - screens.topic.mail.region.x
        await screens.pilot.click("#mail", offset=(x + 3, 2))
        await _opened(screens, seen, TWO)
        assert screens.topic.mail.cursor == 0
        await screens.pilot.click("#mail", offset=(2, 2))
        assert screens.topic.mail.cursor == 2


async def test_where_there_is_no_address_enter_opens_nothing(seen: Path) -> None:
    async with running((140, 40)) as screens:
        await screens.open("Some pages")
        await screens.press("j", "enter")
        assert screens.app.screen is screens.topic
        assert not seen.exists()
