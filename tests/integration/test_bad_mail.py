# SPDX-License-Identifier: GPL-2.0-or-later
"""Hostile and damaged mail: the rest goes on, and nothing of it reaches a terminal or a path."""

from __future__ import annotations

import re
import time
from contextlib import chdir
from pathlib import Path
from shlex import quote

import pytest

from maintainer_kit.adapters.kept.left_out import LeftOutFile
from maintainer_kit.workflow.records import BrokenMail
from tests.build import edit, mail, part_id, patch, posting, reply
from tests.integration.driver import SAMPLE, Mkit, message_ids
from tests.integration.mboxes import SEPARATOR, mboxrd

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def box(mkit: Mkit, data: bytes, name: str = "bad.mbox") -> Path:
    path = mkit.base / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_mbox_gives_all_that_is_whole(mkit: Mkit, kept: float) -> None:
    data = (SAMPLE / "lumen-kernel.mbox").read_bytes()
    cut = data[: int(len(data) * kept)]
    report = mkit.json("import", box(mkit, cut))
    begun = cut.count(b"\nFrom ") + 1
    assert report["messages"] == begun
    assert report["new"] + report["duplicates"] + len(report["broken"]) == begun
    assert report["new"] >= begun - 2
    assert mkit.json("import", SAMPLE / "lumen-kernel.mbox")["broken"] == []


def test_an_mbox_that_ends_in_its_separator(mkit: Mkit) -> None:
    report = mkit.json("import", box(mkit, mboxrd(posting("s", 1)) + SEPARATOR.rstrip(b"\n")))
    assert report["new"] == 2
    assert len(report["broken"]) <= 1
    assert report["messages"] == 2 + len(report["broken"])


def test_concatenated_mboxes(mkit: Mkit) -> None:
    """Cut after any byte and joined without an empty line, as ``cat`` does."""
    whole = mboxrd(posting("a", 2))
    torn = mboxrd(posting("b", 1)).rstrip(b"\n")
    no_end = torn[:-20]
    data = whole.rstrip(b"\n") + b"\n" + whole + torn + b"\n" + mboxrd(posting("c", 1)) + no_end
    report = mkit.json("import", box(mkit, data))
    assert report["broken"] == []
    assert {part_id("a", 2), part_id("b", 1), part_id("c", 1)} <= mkit.indexed()
    assert mkit.topic(part_id("c", 0))["received"] == 1


def test_nul_bytes(mkit: Mkit) -> None:
    odd = patch("[PATCH] pebble: nul", text="a\0b\n\nSigned-off-by: Ada <ada@quarry.example>\n")
    head = mail("nul in the \0 subject", "body\n", message_id="nul@made.example")
    raws = [odd, head, b"\0" * 5000, mail("fine", message_id="fine@made.example")]
    report = mkit.bring(*raws, mail("x", "\0" * 100_000, message_id="many@made.example"))
    assert report["messages"] == 5
    assert report["new"] >= 4
    assert [Path(one["path"]).name for one in report["broken"]] == ["00002.eml"]
    assert mkit.topic("fine@made.example")["subject"] == "fine"
    assert set().union(*(message_ids(one) for one in mkit.topics())) == mkit.indexed()
    shown = mkit.run("show", "nul@made.example").stdout
    assert "\0" not in shown


def test_an_mbox_with_a_stretch_of_nul_bytes_as_a_crashed_disk_leaves(mkit: Mkit) -> None:
    data = mboxrd(posting("a", 1)) + b"\0" * 8192 + mboxrd(posting("b", 1))
    report = mkit.json("import", box(mkit, data))
    assert {part_id("a", 0), part_id("a", 1), part_id("b", 1)} <= mkit.indexed()
    assert report["new"] + len(report["broken"]) == report["messages"]


def _told(mkit: Mkit, code: int = 1) -> list[dict[str, str]]:
    """What doctor says of mail that was not imported."""
    findings = mkit.json("doctor", code=code)["findings"]
    return [one for one in findings if "not imported" in one["message"]]


def test_what_was_left_out_can_be_seen_until_it_reads_well(mkit: Mkit) -> None:
    folder = mkit.base / "some mail"
    folder.mkdir()
    good, bad = folder / "good.eml", folder / "it's bad.eml"
    good.write_bytes(mail("fine", message_id="fine@made.example"))
    bad.write_bytes(b"\0" * 5000)
    assert _told(mkit, code=0) == []
    there = mkit.wrapped("env", "-C", str(mkit.base))
    there.run("import", "some mail")
    (told,) = _told(mkit)
    assert f"not imported: {bad} at byte 0: " in told["message"]
    assert told["hint"].startswith(f"mend it, then: mkit import {quote(str(bad))}; ")
    mkit.run("import", good)
    assert _told(mkit) == [told], "what was not read again stays"
    bad.write_bytes(mail("mended", message_id="mended@made.example"))
    there.run("import", "some mail")
    assert _told(mkit, code=0) == []


def test_what_was_left_out_is_told_no_more_once_its_file_is_gone(mkit: Mkit) -> None:
    bad = box(mkit, b"\0" * 5000, "bad.eml")
    mkit.run("import", bad)
    assert len(_told(mkit)) == 1
    bad.unlink()
    assert _told(mkit, code=0) == []


def test_an_empty_mailbox_is_told_of_and_nothing_is_wrong(mkit: Mkit) -> None:
    inbox = box(mkit, b"", "inbox.mbox")
    mkit.run("import", inbox)
    (told,) = _told(mkit, code=0)
    assert told["severity"] == "info"
    assert told["message"] == f"not imported: {inbox} at byte 0: empty"


def test_of_many_files_that_were_left_out_a_few_are_named(mkit: Mkit) -> None:
    places = [box(mkit, b"\0" * 5000, f"{at}.eml") for at in range(8)]
    mkit.run("import", *places)
    told = [one["message"] for one in mkit.json("doctor", code=1)["findings"]]
    assert [str(place) in " ".join(told) for place in places] == [True] * 5 + [False] * 3
    assert "3 files more held what was not imported" in told


def test_a_folder_that_could_not_be_read_is_past_once_it_can(mkit: Mkit) -> None:
    folder = mkit.base / "later"
    folder.mkdir()
    (folder / "HEAD").touch()
    (folder / "refs").mkdir()
    (folder / "objects").mkdir()
    mkit.run("import", folder)
    (told,) = _told(mkit)
    assert "no archive of mail" in told["message"]
    (folder / "HEAD").unlink()
    (folder / "one.eml").write_bytes(mail("fine", message_id="fine@made.example"))
    mkit.run("import", folder)
    assert _told(mkit, code=0) == []


def test_mail_that_came_by_another_way_makes_nothing_past(mkit: Mkit) -> None:
    """Its name is no path, wherever mkit was called."""
    folder = mkit.base / "closed"
    folder.mkdir()
    noted = BrokenMail(str(folder), 0, "Permission denied")
    LeftOutFile(mkit.home).note([noted])
    fresh = LeftOutFile(mkit.home)
    with chdir(folder):
        fresh.is_read("send of a branch")
        fresh.note([])
    assert LeftOutFile(mkit.home).all() == [noted]


def test_notes_of_files_that_are_gone_make_room_for_others(mkit: Mkit) -> None:
    old = [box(mkit, b"\0" * 100, f"old-{at}.eml") for at in range(1000)]
    left_out = LeftOutFile(mkit.home)
    left_out.note([BrokenMail(str(path), 0, "empty") for path in old])
    bad = box(mkit, b"\0" * 5000, "bad.eml")
    mkit.run("import", bad)
    told = [one["message"] for one in mkit.json("doctor", code=1)["findings"]]
    assert f"not imported: {bad} at byte 0: " in told[0], "the last import is told of first"
    assert "995 files more held what was not imported" in told
    for path in old:
        path.unlink()
    assert len(_told(mkit)) == 1


def test_what_was_noted_by_another_version_stops_nothing(mkit: Mkit) -> None:
    for odd in (b"", b"[]", b'{"version": 1, "left_out": [7, {"path": 1}, {}]}', b'{"version": 9}'):
        (mkit.home / "left-out.json").write_bytes(odd)
        assert _told(mkit, code=0) == []
        mkit.run("import", SAMPLE / "lumen-kernel.mbox")
    mkit.run("import", box(mkit, b"\0" * 5000, "bad.eml"))
    assert len(_told(mkit)) == 1


def test_a_mail_of_50_megabytes(mkit: Mkit) -> None:
    line = b"QUFB" * 19 + b"\n"
    kind = 'multipart/mixed; boundary="b"'
    text = b"--b\nContent-Type: text/plain\n\nsee the attachment\n"
    part = b"--b\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n"
    big = mail("a big one", message_id="big@made.example", headers={"Content-Type": kind})
    big += text + part + line * (50_000_000 // len(line)) + b"--b--\n"
    start = time.monotonic()
    report = mkit.bring(big, *posting("s", 1))
    assert time.monotonic() - start < 60
    assert report["new"] == 3
    assert mkit.topic("big@made.example")["subject"] == "a big one"


def test_ten_thousand_references(mkit: Mkit) -> None:
    many = [f"r{at}@made.example" for at in range(10_000)]
    root = mail("root", message_id="r0@made.example")
    near = mail("Re: root", message_id="r9999@made.example", parents=["r0@made.example"])
    start = time.monotonic()
    report = mkit.bring(root, near, reply(many[-1], "yes\n", above=many[:-1], message_id="x@y.z"))
    assert time.monotonic() - start < 30
    assert (report["new"], report["topics"]) == (3, 1)
    assert "x@y.z" in message_ids(mkit.topic("r0@made.example"))


def test_headers_in_no_charset(mkit: Mkit) -> None:
    raw = patch("[PATCH] pebble: SUBJECT", sender="NAME <ada@quarry.example>")
    raw = raw.replace(b"SUBJECT", "gr\u00fc\u00dfe".encode("latin-1"))
    raw = raw.replace(b"NAME", "\u041e\u0440\u043b\u043e\u0432".encode("koi8-r"))
    mkit.bring(raw, patch("[PATCH] pebble: \u00fctf8", sender="J\u00fcrgen <j@quarry.example>"))
    subjects = {one["subject"] for one in mkit.topics()}
    assert "pebble: \u00fctf8" in subjects
    assert any(one.startswith("pebble: gr") for one in subjects)
    before = mkit.export()
    mkit.run("rebuild")
    assert mkit.export() == before
    mkit.run("list", "--all")


ABSURD = {
    "1904": "Fri, 1 Jan 1904 00:00:00 +0000",
    "2106": "Sat, 6 Feb 2106 06:28:16 +0000",
    "1970": "Thu, 1 Jan 1970 00:00:00 +0000",
    "nonsense": "Mon, 32 Foo 20260 25:61:61 +9999",
    "endless": "Mon, 5 Jan 99999999999 09:00:00 +0000",
    "word": "yesterday",
    "none": "",
}


def test_absurd_dates(mkit: Mkit) -> None:
    odd = [
        patch(f"[PATCH] pebble: {name}", message_id=f"{name}@made.example", headers={"Date": date})
        for name, date in ABSURD.items()
    ]
    mkit.bring(*odd, *posting("s", 1))
    topics = {topic["message_id"]: topic for topic in mkit.topics()}
    for name in ABSURD:
        topic = topics[f"{name}@made.example"]
        assert topic["updated"] is None, name
        assert "Date" in " ".join(topic["revisions"][0]["patches"][0]["oddities"]), name
    assert topics[part_id("s", 0)]["updated"] == "2026-01-05T09:00:00Z"
    assert "no date" in mkit.run("show", "1904@made.example").stdout
    lines = mkit.run("list", "--all").stdout
    assert "s: make it better" in lines
    assert not re.search(r"-\d+[smhdwy]\b|\d{3,}y\b", lines), "no absurd age is shown"


def test_loops_in_references(mkit: Mkit) -> None:
    ids = ["a@loop.example", "b@loop.example", "c@loop.example"]
    ring = [
        patch(f"[PATCH {at + 1}/3] pebble: {at}", message_id=one, parents=[ids[at - 1]], minutes=at)
        for at, one in enumerate(ids)
    ]
    own = mail("self", message_id="self@loop.example", parents=["self@loop.example"])
    pair = [
        mail("Re: x", message_id="p@loop.example", parents=["q@loop.example"]),
        mail("Re: x", message_id="q@loop.example", parents=["p@loop.example"]),
    ]
    report = mkit.bring(*ring, own, *pair)
    assert report["new"] == 6
    found = [message_ids(topic) for topic in mkit.topics()]
    assert sorted(one for ids_ in found for one in ids_) == sorted(mkit.indexed())
    for message_id in mkit.indexed():
        mkit.run("show", message_id)


PATHS = ("../../../../../../escaped", "/tmp/mkit-escaped/x", "~/escaped", "..", "cur/../../escaped")


def test_names_that_are_paths(mkit: Mkit) -> None:
    raws = []
    for at, name in enumerate(PATHS):
        evil = f'attachment; filename="{name}"'
        raws.append(
            mail(
                f"[PATCH] {name}",
                edit(f"../{name}"),
                message_id=f"{name}{at}@x.example",
                sender=f'"{name}" <{at}@x.example>',
                headers={"List-Id": f"<{name}>", "Content-Disposition": evil},
            )
        )
    inside = tree(mkit.base)
    assert mkit.bring(*raws)["new"] == len(PATHS)
    for message_id in mkit.indexed():
        mkit.run("show", message_id)
        mkit.run("state", "accepted", message_id)
    mkit.run("rebuild")
    mkit.run("backup", mkit.base / "backup.tar.gz")
    outside = {one for one in tree(mkit.base) - inside if "brought-" not in one}
    assert {one.split("/")[0] for one in outside} <= {"mkit", "user", "backup.tar.gz"}
    assert not any("escaped" in one for one in outside)
    assert not Path("/tmp/mkit-escaped").exists()
    names = [path.name for path in (mkit.home / "mail" / "mkit" / "cur").iterdir()]
    assert all(re.fullmatch(r"[0-9a-f]+:2,", name) for name in names)


def tree(base: Path) -> set[str]:
    return {str(path.relative_to(base)) for path in base.rglob("*")}


def test_a_dash_in_front_is_no_option(mkit: Mkit) -> None:
    mkit.bring(patch("[PATCH] --help", message_id="-rf@made.example", sender="-x <-x@y.example>"))
    assert mkit.topic("<-rf@made.example>")["subject"] == "--help"
    mkit.run("state", "accepted", "--", "-rf@made.example")
    assert "mkit/accepted" in mkit.tags("-rf@made.example")


def test_nothing_hostile_reaches_the_terminal(mkit: Mkit) -> None:
    evil = "\x1b[31mred\x1b[0m \x07bell \u202egnirts\u202c \x9b1m \x00 \x7f \u2066x\u2069"
    quoted = evil.replace("\x00", "")
    encoded = "=?utf-8?q?" + "".join(f"={byte:02X}" for byte in quoted.encode()) + "?="
    text = f"{evil}\nReviewed-by: {quoted} <bo@shale.example>\nWhy?\n"
    mkit.bring(
        patch(f"[PATCH] {encoded}", message_id="evil@made.example", sender=f"{encoded} <a@b.c>"),
        reply("evil@made.example", text, sender=f"{encoded} <bo@shale.example>"),
        mail(f"{encoded}", evil, message_id=f"odd\x1b[2J{1}@made.example"),
    )
    mkit.run("state", "accepted", "evil@made.example", "--why", quoted)
    for verb in (["list", "--all"], ["show", "evil@made.example"], ["log"], ["search", "red"]):
        shown = mkit.run(*verb).stdout
        assert shown.strip()
        assert not _CONTROLS.search(shown.replace("\t", "")), verb
    for verb in (["show", quoted], ["search", f'"{quoted}'], ["state", quoted, "x"]):
        told = mkit.end_of(*verb)
        assert not _CONTROLS.search(told.stdout + told.stderr), verb
    for line in mkit.export():
        assert not re.search(r"[\x00-\x1f]", line)


def test_mime_bombs(mkit: Mkit) -> None:
    deep = b"".join(
        b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (at, at + 1)
        for at in range(2000)
    )
    wide = b"--b0\nContent-Type: text/plain\n\nx\n" * 20_000
    kind = {"Content-Type": "multipart/mixed; boundary=b0"}
    start = time.monotonic()
    report = mkit.bring(
        mail("deep", message_id="deep@made.example", headers=kind) + deep,
        mail("wide", message_id="wide@made.example", headers=kind) + wide,
        mail("long " + "x" * 1_000_000, message_id="long@made.example"),
        mail("to", message_id="to@made.example", to=", ".join(f"u{n}@x.y" for n in range(20_000))),
        mail("=?utf-8?q?" * 20_000, message_id="words@made.example"),
        mail("after", message_id="after@made.example"),
    )
    assert time.monotonic() - start < 60
    assert report["new"] == 6
    assert mkit.topic("after@made.example")["subject"] == "after"


def test_a_file_that_vanishes_after_indexing(mkit: Mkit) -> None:
    """Between notmuch's look and ours; it comes back, and all is well."""
    mkit.run("sync")
    good, bad = mkit.deliver(*posting("s", 1))
    mkit.notmuch("new", "--quiet")
    kept = bad.read_bytes()
    bad.unlink()
    done = mkit.end_of("sync")
    assert done.code == 0, done.stderr
    assert part_id("s", 0) in {one["message_id"] for one in mkit.topics()}
    bad.write_bytes(kept)
    mkit.run("sync")
    assert mkit.topic(part_id("s", 0))["received"] == 1
    assert good.exists()
