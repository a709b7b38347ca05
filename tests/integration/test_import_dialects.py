# SPDX-License-Identifier: GPL-2.0-or-later
"""``import`` of everything that mail comes in: each mail arrives whole, and once."""

from __future__ import annotations

import bz2
import gzip
import lzma
from pathlib import Path

import pytest

from tests.build import mail, part_id, posting, reply
from tests.integration.driver import Mkit
from tests.integration.mboxes import DIALECTS, body_of, maildir, mboxrd

TRICKY = (
    "Hello,\n\nFrom here on all is different.\n\n"
    "From bo@shale.example Mon Jan  5 09:00:00 2026\nthis was no separator\n"
)
QUOTED = ">From a quote, and\n>>From a deeper one.\n"


def tricky_mails(dialect: str) -> list[bytes]:
    # mboxo cannot tell a quoted line from one that it quoted itself.
    body = TRICKY if dialect == "mboxo" else TRICKY + QUOTED
    return [
        mail("first", body, message_id="first@made.example"),
        mail("no end of line", body + "end", message_id="second@made.example"),
        mail("nothing in it", "", message_id="third@made.example"),
    ]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_each_dialect_gives_the_mails_that_went_in(
    mkit: Mkit, tmp_path: Path, dialect: str
) -> None:
    mails = tricky_mails(dialect)
    (tmp_path / "list.mbox").write_bytes(DIALECTS[dialect](mails))
    report = mkit.json("import", tmp_path / "list.mbox")
    assert (report["messages"], report["new"], report["broken"]) == (3, 3, [])
    for raw, name in zip(mails, ("first", "second", "third"), strict=True):
        stored = mkit.notmuch("show", "--format=raw", f"id:{name}@made.example")
        assert body_of(stored).rstrip("\n") == body_of(raw.decode()).rstrip("\n")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_carriage_returns_do_not_hide_where_mails_begin(
    mkit: Mkit, tmp_path: Path, dialect: str
) -> None:
    text = DIALECTS[dialect](posting("crlf", 3)).replace(b"\n", b"\r\n")
    if dialect.startswith("mboxcl"):
        text = text.replace(b"Content-Length", b"X-Wrong-After-Conversion")
    (tmp_path / "dos.mbox").write_bytes(text)
    report = mkit.json("import", tmp_path / "dos.mbox")
    assert (report["new"], report["broken"]) == (4, [])
    assert mkit.topic(part_id("crlf", 0))["received"] == 3


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip.compress), ("xz", lzma.compress)])
def test_packed_files_are_read_by_what_they_hold(
    mkit: Mkit, tmp_path: Path, suffix: str, pack: object
) -> None:
    assert callable(pack)
    text = mboxrd(posting("packed", 2))
    (tmp_path / f"list.mbox.{suffix}").write_bytes(pack(text))
    (tmp_path / "no-suffix").write_bytes(pack(text))
    assert mkit.json("import", tmp_path / f"list.mbox.{suffix}")["new"] == 3
    again = mkit.json("import", tmp_path / "no-suffix")
    assert (again["new"], again["duplicates"]) == (0, 3)


def test_a_damaged_packed_file_gives_one_line_and_the_rest_goes_on(
    mkit: Mkit, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "1-cut.mbox.gz").write_bytes(gzip.compress(mboxrd(posting("cut", 3)))[:-40])
    (folder / "2-cut.mbox.xz").write_bytes(lzma.compress(mboxrd(posting("cut", 3)))[:-40])
    (folder / "3-other.mbox.bz2").write_bytes(bz2.compress(mboxrd(posting("cut", 3))))
    (folder / "4-good.mbox").write_bytes(mboxrd(posting("good", 2)))
    report = mkit.json("import", folder)
    assert report["new"] == 3
    assert [Path(one["path"]).name[0] for one in report["broken"]] == ["1", "2", "3"]
    assert report["messages"] == report["new"] + len(report["broken"])


def test_a_maildir_tree_gives_what_was_delivered(mkit: Mkit, tmp_path: Path) -> None:
    tree = maildir(tmp_path / "Mail", posting("in", 2))
    maildir(tree, [reply(part_id("in", 1), "Good.\n")], part="new")
    maildir(tree / ".Lists.pebble", posting("dotted", 1))
    maildir(tree / "archive" / "2025", posting("deep", 1))
    maildir(tree, [mail("half written")], part="tmp")
    (tree / "dovecot-uidlist").write_text("3 V1 N2 Gabc\n", encoding="utf-8")
    report = mkit.json("import", tree)
    assert (report["new"], report["broken"]) == (3 + 1 + 2 + 2, [])
    assert len(mkit.topic(part_id("in", 0))["revisions"][0]["follow_ups"]) == 1
    again = mkit.json("import", tree)
    assert (again["new"], again["duplicates"]) == (0, 8)


def test_single_mails_and_directories_of_all_this(mkit: Mkit, tmp_path: Path) -> None:
    cover, first, second = posting("single", 2)
    place = tmp_path / "things" / "nested" / "more"
    place.mkdir(parents=True)
    (tmp_path / "cover.eml").write_bytes(cover)
    (place / "0001-step.patch").write_bytes(b"From 0123abcd Mon Sep 17 00:00:00 2001\n" + first)
    (place / "with space \u00fc.eml").write_bytes(second.replace(b"\n", b"\r\n"))
    (place.parent / "list.mbox").write_bytes(mboxrd(posting("boxed", 1)))
    maildir(place.parent / "dir", posting("dir", 1))
    report = mkit.json("import", tmp_path / "cover.eml", tmp_path / "things")
    assert (report["messages"], report["new"], report["broken"]) == (7, 7, [])
    assert report["topics"] == 3
    assert mkit.topic(part_id("single", 2))["received"] == 2


def test_what_is_no_mail_is_named_with_its_place(mkit: Mkit, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "empty").write_bytes(b"")
    (folder / "notes.txt").write_bytes(b"Just some words about nothing.\n")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    (folder / "z.mbox").write_bytes(
        mboxrd(posting("ok", 1)) + b"From x@y.example Mon Jan  5 09:00:00 2026\nno header here\n\n"
    )
    report = mkit.json("import", folder)
    named = {Path(one["path"]).name: one for one in report["broken"]}
    assert report["new"] == 2
    assert set(named) - {"empty"} == {"notes.txt", "picture.png", "z.mbox"}
    assert named["z.mbox"]["offset"] == len(mboxrd(posting("ok", 1)))
    assert report["messages"] == report["new"] + len(report["broken"])
    told = mkit.run("import", folder).stderr
    assert "z.mbox at byte" in told


def test_no_such_path_is_a_usage_error_that_names_it(mkit: Mkit, tmp_path: Path) -> None:
    assert "nowhere.mbox" in mkit.run("import", tmp_path / "nowhere.mbox", code=2).stderr
