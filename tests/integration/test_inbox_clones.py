# SPDX-License-Identifier: GPL-2.0-or-later
"""Clones of public-inbox archives, imported from their git objects."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from hashlib import sha512
from pathlib import Path

import pytest

from maintainer_kit.adapters.inbox.marks import NAME
from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.workflow.records import SourceMail
from tests.build import mail, posting
from tests.cli import schemas
from tests.integration.clones import Epoch, PublicInbox, make_clone
from tests.integration.driver import SAMPLE, Json, Mkit
from tests.integration.test_patch_id import git

WICK = SAMPLE / "wick.mbox"
MAILS = posting("foo", 3)


def wick() -> list[bytes]:
    return [one.raw for one in MailSource([WICK]) if isinstance(one, SourceMail)]


def brought(mkit: Mkit, *paths: Path) -> Json:
    """What an import tells, by the contract; the books must balance."""
    told = mkit.json("import", *paths)
    schemas.check(told, "import")
    assert told["new"] + told["duplicates"] + len(told["broken"]) == told["messages"]
    return told


def test_as_from_an_mbox(mkit: Mkit, tmp_path: Path) -> None:
    raws = wick()
    make_clone(tmp_path / "wick", raws[:50], raws[50:51], raws[51:])
    told = brought(mkit, tmp_path / "wick")
    assert (told["new"], told["broken"]) == (len(raws), [])
    assert told["archives"][0]["epochs"] == 3
    other = Mkit(tmp_path / "other").configure()
    other.json("import", WICK)
    assert mkit.export() == other.export()


def test_only_what_is_new(mkit: Mkit, tmp_path: Path) -> None:
    first, second = make_clone(tmp_path / "a", MAILS[:2], MAILS[2:3])
    assert brought(mkit, tmp_path / "a")["messages"] == 3
    assert brought(mkit, tmp_path / "a")["messages"] == 0
    second.add(MAILS[3])
    assert brought(mkit, tmp_path / "a")["messages"] == 1
    Epoch(tmp_path / "a/git/2.git").add(mail("a new epoch"))
    assert brought(mkit, tmp_path / "a")["messages"] == 1
    again = mkit.json("import", "--again", tmp_path / "a")
    assert (again["new"], again["duplicates"]) == (0, 5)
    assert first.tip in (mkit.home / NAME).read_text()


PLACES: dict[str, Callable[[Path], Path]] = {
    "the inbox": lambda top: top / "mirror/lists/a",
    "its epochs": lambda top: top / "mirror/lists/a/git",
    "one epoch": lambda top: top / "mirror/lists/a/git/0.git",
    "all.git": lambda top: top / "mirror/lists/a/all.git",
    "a mirror of many": lambda top: top / "mirror",
    "a link": lambda top: top / "link",
}


@pytest.mark.parametrize("place", PLACES)
def test_ways_to_name_it(mkit: Mkit, tmp_path: Path, place: str) -> None:
    make_clone(tmp_path / "mirror/lists/a", MAILS)
    # A grokmirror also has these.
    (tmp_path / "mirror/manifest.js.gz").write_bytes(b"\x1f\x8b no list of mails")
    Epoch(tmp_path / "mirror/objstore/5f0c-12.git")
    Epoch(tmp_path / "mirror/code.git").commit(("Makefile", b"all:\n"))
    (tmp_path / "link").symlink_to(tmp_path / "mirror/lists/a")
    told = brought(mkit, PLACES[place](tmp_path))
    assert (told["new"], told["broken"], len(told["archives"])) == (4, [], 1)


@pytest.mark.parametrize("version", [1, 2])
def test_a_checkout(mkit: Mkit, tmp_path: Path, version: int) -> None:
    epoch = Epoch(tmp_path / "0.git")
    names = ["m"] * 4 if version == 2 else [f"a{at}/{at:038}" for at in range(4)]
    epoch.commit(*zip(names, MAILS, strict=True))
    git(tmp_path, "clone", "--quiet", "0.git", "work")
    told = brought(mkit, tmp_path / "work")
    assert (told["new"], told["messages"]) == (4, 4)


def test_files_and_archives_together(mkit: Mkit, tmp_path: Path) -> None:
    make_clone(tmp_path / "both/a", MAILS[:2])
    make_clone(tmp_path / "both/b", MAILS[1:])
    (tmp_path / "both/c.eml").write_bytes(mail("talk"))
    Epoch(tmp_path / "code.git").commit(("Makefile", b"all:\n"))
    told = brought(mkit, tmp_path / "both", tmp_path / "both/a", tmp_path / "code.git")
    assert (told["new"], told["duplicates"], len(told["archives"])) == (5, 1, 2)
    reasons = [one["reason"] for one in told["broken"]]
    assert reasons == ["a git repository, but no archive of mail"]


@pytest.mark.parametrize("version", [1, 2])
def test_what_public_inbox_writes(mkit: Mkit, tmp_path: Path, version: int) -> None:
    inbox = PublicInbox(tmp_path / "pi", version)
    raws = [mail(f"mail {at}", "Hello\n\nend\n\n", to=inbox.address) for at in range(4)]
    for raw in raws[:3]:
        inbox.deliver(raw)
    inbox.remove(raws[1])
    told = brought(mkit, inbox.path)
    assert (told["new"], told["archives"][0]["deleted"], told["archives"][0]["kept"]) == (2, 1, 0)
    stored = [file.read_bytes() for file in (mkit.home / "mail/mkit/cur").iterdir()]
    assert all(one.endswith(b"\n\nHello\n\nend\n\n") for one in stored), "each byte is kept"
    inbox.deliver(raws[3])
    inbox.remove(raws[0])
    told = brought(mkit, inbox.path)
    archive = told["archives"][0]
    assert (told["messages"], archive["deleted"], archive["kept"]) == (1, 0, 1)
    assert len(mkit.indexed()) == 3, "no mail is ever deleted"


def test_purged_by_public_inbox(mkit: Mkit, tmp_path: Path) -> None:
    inbox = PublicInbox(tmp_path / "pi", 2)
    raws = [mail(f"mail {at}", to=inbox.address) for at in range(3)]
    for raw in raws:
        inbox.deliver(raw)
    brought(mkit, inbox.path)
    inbox.purge(raws[0])
    told = brought(mkit, inbox.path)
    assert told["archives"][0]["rewritten"] == [str(inbox.path / "git/0.git")]
    assert (told["new"], told["duplicates"]) == (0, 2)
    assert brought(mkit, inbox.path)["archives"][0]["rewritten"] == []


def test_deleted_and_added_again(mkit: Mkit, tmp_path: Path) -> None:
    epoch = Epoch(tmp_path / "0.git").add(*MAILS)
    epoch.delete(MAILS[1], MAILS[2])
    epoch.add(MAILS[1])
    told = brought(mkit, epoch.path)
    assert (told["new"], told["archives"][0]["deleted"]) == (3, 2)
    assert len(mkit.indexed()) == 3


def test_deleted_by_another_copy_in_a_later_epoch(mkit: Mkit, tmp_path: Path) -> None:
    _, second = make_clone(tmp_path / "a", MAILS[:3], MAILS[3:])
    second.delete(b"Received: from elsewhere\n" + MAILS[1])
    # The same Message-ID with another text is another mail.
    second.delete(MAILS[2].replace(b"\n\n", b"\n\nanother\n", 1))
    told = brought(mkit, tmp_path / "a")
    assert (told["new"], told["archives"][0]["deleted"], told["archives"][0]["kept"]) == (3, 1, 0)


def test_a_rewritten_epoch_is_told(mkit: Mkit, tmp_path: Path) -> None:
    epoch = Epoch(tmp_path / "0.git").add(*MAILS)
    brought(mkit, epoch.path)
    epoch.commit(("m", MAILS[0]), ("m", mail("edited")), since="")
    done = mkit.run("import", epoch.path)
    assert "0.git: its history was rewritten, so all of it was read again" in done.stderr
    assert done.stdout.startswith("2 messages: 1 new, 1 duplicate ")
    epoch.git("reflog", "expire", "--expire=now", "--all")
    epoch.git("gc", "--quiet", "--prune=now")
    assert brought(mkit, epoch.path)["messages"] == 0


@pytest.mark.parametrize("harm", ["gone", "garbage", "cut"])
def test_a_blob_that_cannot_be_read(mkit: Mkit, tmp_path: Path, harm: str) -> None:
    epoch = Epoch(tmp_path / "0.git").add(*MAILS)
    epoch.unpack()
    file = epoch.blob_file(MAILS[1])
    kept = file.read_bytes()
    file.unlink()
    if harm != "gone":
        file.write_bytes(b"no zlib" if harm == "garbage" else kept[: len(kept) // 2])
    for new in (3, 0):
        told = brought(mkit, epoch.path)
        assert told["new"] == new
        (broken,) = told["broken"]
        assert broken["path"] == f"{epoch.path}:{file.parent.name}{file.name}"
        assert broken["reason"]
    file.unlink(missing_ok=True)
    file.write_bytes(kept)
    told = brought(mkit, epoch.path)
    assert (told["messages"], told["new"]) == (1, 1)
    assert brought(mkit, epoch.path)["messages"] == 0


def test_a_repository_that_fails_again_and_again(mkit: Mkit, tmp_path: Path) -> None:
    raws = [mail(f"mail {at}", sha512(b"%d" % at).hexdigest()) for at in range(60)]
    epoch, _ = make_clone(tmp_path / "a", raws, MAILS)
    epoch.unpack()
    for raw in raws:
        file = epoch.blob_file(raw)
        kept = file.read_bytes()
        file.unlink()
        file.write_bytes(kept[: len(kept) // 2])
    told = brought(mkit, tmp_path / "a")
    assert (told["new"], len(told["broken"])) == (4, 60)
    assert told["broken"][-1]["reason"] == "git cannot read this repository"


def test_blobs_that_are_no_mails(mkit: Mkit, tmp_path: Path) -> None:
    separated = b"From mboxrd@z Thu Jan  1 00:00:00 1970\n" + MAILS[1]
    epoch = Epoch(tmp_path / "0.git").add(MAILS[0], b"", b"no mail\n", separated)
    epoch.commit(("readme", b"none of ours\n"), ("m", MAILS[2]))
    told = brought(mkit, epoch.path)
    reasons = {one["reason"] for one in told["broken"]}
    assert (told["new"], reasons) == (3, {"empty", "it does not begin with a header"})
    assert MAILS[1] in [file.read_bytes() for file in (mkit.home / "mail/mkit/cur").iterdir()]
    assert brought(mkit, epoch.path)["messages"] == 0


def test_an_epoch_that_cannot_be_read(mkit: Mkit, tmp_path: Path) -> None:
    first, _ = make_clone(tmp_path / "a", MAILS[:2], MAILS[2:])
    objects = first.path / "objects"
    objects.rename(tmp_path / "kept")
    objects.mkdir()
    told = brought(mkit, tmp_path / "a")
    assert told["new"] == 2
    assert [one["path"] for one in told["broken"]] == [str(first.path)]
    shutil.rmtree(objects)
    (tmp_path / "kept").rename(objects)
    told = brought(mkit, tmp_path / "a")
    assert (told["messages"], told["new"]) == (2, 2)


def test_an_object_store_of_others_that_went_away(mkit: Mkit, tmp_path: Path) -> None:
    """A grokmirror's epochs may borrow their objects."""
    store = Epoch(tmp_path / "store.git").add(*MAILS)
    git(tmp_path, "clone", "--quiet", "--bare", "--shared", "store.git", "0.git")
    store.path.rename(tmp_path / "elsewhere")
    told = brought(mkit, tmp_path / "0.git")
    assert (told["new"], len(told["broken"])) == (0, 1)
    (tmp_path / "elsewhere").rename(store.path)
    assert brought(mkit, tmp_path / "0.git")["new"] == 4


@pytest.mark.parametrize("branch", ["main", "odd/name"])
def test_another_branch(mkit: Mkit, tmp_path: Path, branch: str) -> None:
    epoch = Epoch(tmp_path / "0.git", branch).add(*MAILS)
    assert brought(mkit, epoch.path)["new"] == 4
    epoch.git("symbolic-ref", "HEAD", "refs/heads/unborn")
    epoch.add(mail("one more"))
    assert brought(mkit, epoch.path)["messages"] == 1
    # Two of them, and nobody says which.
    epoch.git("branch", "second", branch)
    assert brought(mkit, epoch.path)["messages"] == 0


def test_a_merge(mkit: Mkit, tmp_path: Path) -> None:
    epoch = Epoch(tmp_path / "a.git")
    names = [f"a{at}/{at:038}" for at in range(3)]
    epoch.commit((names[0], MAILS[0]), (names[1], MAILS[1]))
    ours, base = epoch.tip, epoch.git("rev-parse", "master~1")
    epoch.commit((names[2], MAILS[2]), since=base)
    theirs = epoch.tip
    tree = epoch.git("merge-tree", "--write-tree", ours, theirs)
    who = ("-c", "user.name=A", "-c", "user.email=a@b.example")
    merge = epoch.git(*who, "commit-tree", "-p", ours, "-p", theirs, "-m", "x", tree)
    epoch.git("update-ref", "refs/heads/master", merge)
    assert brought(mkit, epoch.path)["new"] == 3


def test_a_shallow_clone(mkit: Mkit, tmp_path: Path) -> None:
    Epoch(tmp_path / "0.git").add(*MAILS)
    url = f"file://{tmp_path}/0.git"
    git(tmp_path, "clone", "--quiet", "--bare", "--depth=2", url, "1.git")
    assert brought(mkit, tmp_path / "1.git")["new"] == 2


def test_settings_of_a_clone_run_nothing(mkit: Mkit, tmp_path: Path) -> None:
    """Neither do a partial clone's that would fetch what it lacks."""
    epoch = Epoch(tmp_path / "0.git").add(*MAILS)
    epoch.unpack()
    epoch.blob_file(MAILS[1]).unlink()
    trap = tmp_path / "sprung"
    script = tmp_path / "trap"
    script.write_text(f"#!/bin/sh\ntouch {trap}\n")
    script.chmod(0o755)
    for hook in ("post-index-change", "reference-transaction", "post-checkout"):
        shutil.copy(script, epoch.path / "hooks" / hook)
    settings = {
        "core.fsmonitor": str(script),
        "core.pager": str(script),
        "core.sshCommand": str(script),
        "core.alternateRefsCommand": str(script),
        "core.attributesFile": str(tmp_path / "attributes"),
        "diff.external": str(script),
        "diff.trap.textconv": str(script),
        "filter.trap.smudge": str(script),
        "gpg.program": str(script),
        "log.showSignature": "true",
        "pager.log": str(script),
        "alias.log": f"!{script}",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": f"ext::{script}",
        "protocol.ext.allow": "always",
        "core.repositoryFormatVersion": "1",
        "color.ui": "always",
        "diff.renames": "copies",
        "log.diffMerges": "off",
        "core.quotePath": "false",
    }
    (tmp_path / "attributes").write_text("* diff=trap filter=trap\n")
    for name, value in settings.items():
        epoch.git("config", name, value)
    told = brought(mkit, epoch.path)
    assert (told["new"], len(told["broken"])) == (3, 1)
    assert not trap.exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"version": 2}',
        '{"version": 1, "index": "another", "epochs": {}}',
        '{"version": 1, "index": INDEX, "epochs": []}',
        '{"version": 1, "index": INDEX, "epochs": {EPOCH: {"commit": "--all", "missing": []}}}',
        '{"version": 1, "index": INDEX, "epochs": {EPOCH: {"commit": 7, "missing": []}}}',
        '{"version": 1, "index": INDEX, "epochs": {EPOCH: {"commit": null, "missing": 1}}}',
        "[" * 100_000,
    ],
)
def test_marks_that_cannot_be_understood(mkit: Mkit, tmp_path: Path, text: str) -> None:
    epoch = Epoch(tmp_path / "0.git").add(*MAILS)
    brought(mkit, epoch.path)
    marks = mkit.home / NAME
    index = json.loads(marks.read_text())["index"]
    spoilt = text.replace("INDEX", json.dumps(index)).replace("EPOCH", json.dumps(str(epoch.path)))
    marks.write_text(spoilt)
    told = brought(mkit, epoch.path)
    assert (told["new"], told["duplicates"]) == (0, 4)
    assert brought(mkit, epoch.path)["messages"] == 0


def test_archives_of_the_settings(mkit: Mkit, tmp_path: Path) -> None:
    first, second = make_clone(tmp_path / "a", MAILS[:2], MAILS[2:3])
    settings = mkit.home / "config"
    settings.write_text(f"[mkit]\n\tinbox = {tmp_path}/a\n\tinbox = {tmp_path}/a\n")
    assert mkit.json("import", "--followed")["new"] == 3
    second.add(MAILS[3])
    assert mkit.json("import", "--followed")["messages"] == 1
    shutil.rmtree(first.path.parent)
    done = mkit.run("import", "--followed", code=1)
    assert "mkit.inbox" in done.stderr
    assert "PATH" in mkit.run("import", code=2).stderr


KILLED = -9
NO_TRACE = 1


@pytest.mark.slow
@pytest.mark.parametrize("when", [1, 2, 20, 40, 100, 136, 139])
def test_killed_at_any_rename(
    mkit: Mkit, tmp_path: Path, needs_tool: Callable[[str], str], when: int
) -> None:
    """Each mail that is stored is one, and each mark."""
    raws = wick()
    make_clone(tmp_path / "wick", raws[:40], raws[40:])
    calls = "rename,renameat,renameat2"
    kill = ("-e", f"trace={calls}", "-e", f"inject={calls}:signal=KILL:when={when}")
    log = tmp_path / "trace"
    traced = mkit.wrapped(needs_tool("strace"), "-o", str(log), *kill)
    done = traced.end_of("import", tmp_path / "wick")
    if done.code == NO_TRACE and "ptrace" in done.stderr:
        pytest.skip("this machine lets nobody trace")
    assert done.code == KILLED, done.stderr
    told = brought(mkit, tmp_path / "wick")
    assert told["broken"] == []
    assert len(mkit.indexed()) == len(raws)
    other = Mkit(tmp_path / "other").configure()
    other.json("import", WICK)
    assert mkit.export() == other.export()
    assert brought(mkit, tmp_path / "wick")["messages"] == 0
