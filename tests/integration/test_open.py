# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit open``: a page of the archive for each target, in the browser that the user names."""

from __future__ import annotations

from pathlib import Path

from tests.build import DAY, part_id, posting
from tests.integration.driver import Mkit


def _with_browser(mkit: Mkit, base: Path, code: int = 0) -> tuple[Mkit, Path]:
    seen = base / "seen"
    program = base / "browser"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >>"{seen}"\nexit {code}\n')
    program.chmod(0o755)
    return mkit.having(BROWSER=str(program)), seen


def test_the_newest_posting_of_a_topic_is_shown(mkit: Mkit, tmp_path: Path) -> None:
    mkit, seen = _with_browser(mkit, tmp_path)
    mkit.bring(*posting("foo", 2), *posting("foo", 2, revision=2, minutes=DAY))
    (topic,) = mkit.topics()
    page = f"https://lore.kernel.org/all/{part_id('foo', 0, 2)}/"
    assert mkit.run("open", topic["id"]).stdout.splitlines() == [page]
    assert seen.read_text().splitlines() == [page]
    named = part_id("foo", 1)
    assert mkit.run("open", "--print", named).stdout == f"https://lore.kernel.org/all/{named}/\n"


def test_print_opens_nothing(sample: Mkit, tmp_path: Path) -> None:
    mkit, seen = _with_browser(sample, tmp_path)
    first, second = (one["id"] for one in mkit.json("list", "--all")["topics"][:2])
    done = mkit.run("open", "--print", first, second)
    assert len(done.stdout.splitlines()) == 2
    assert not seen.exists()


def test_without_a_browser_the_address_is_there(sample: Mkit, tmp_path: Path) -> None:
    mkit, _ = _with_browser(sample, tmp_path, code=1)
    topic = mkit.json("list", "--all")["topics"][0]["id"]
    done = mkit.run("open", topic, code=1)
    assert done.stdout.startswith("https://lore.kernel.org/all/")
    assert "mkit: no browser could be started" in done.stderr


def test_what_is_confidential_is_only_told(mkit: Mkit, tmp_path: Path) -> None:
    mkit, seen = _with_browser(mkit, tmp_path)
    mkit.bring(*posting("foo", 1))
    (topic,) = mkit.topics()
    mkit.run("confidential", topic["id"])
    assert "no archive is asked" in mkit.run("open", topic["id"], code=1).stderr
    assert not seen.exists()
    assert mkit.run("open", "--print", topic["id"]).stdout.startswith("https://lore.kernel.org/")


def test_many_pages_are_not_opened_at_once(sample: Mkit, tmp_path: Path) -> None:
    mkit, seen = _with_browser(sample, tmp_path)
    done = mkit.run("open", "--query", "subject:PATCH", code=1)
    assert "are more than 10" in done.stderr
    assert not seen.exists()
