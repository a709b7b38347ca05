# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit thanks`` with the real git and git send-email: from a branch to the author, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from maintainer_kit.model.mail.mail import read_mail
from tests.build import ADA, BO, part_id, posting, reply
from tests.cli import schemas
from tests.integration.driver import Json, Mkit
from tests.integration.replying import drafts, sending_to
from tests.integration.repositories import Work
from tests.integration.smtp_sink import Sink
from tests.integration.test_patch_id import git

COVER, FIRST, SECOND = (part_id("foo", number) for number in range(3))
POSTED = posting("foo", 2)
BEFORE = "".join(f"line {n}\n" for n in range(6)) + "\tbefore();\n\tone();\n\tafter();\n"
ROBIN = ("-c", "user.name=Robin", "-c", "user.email=robin@lumen.example")
NOW = "2026-01-06T12:00:00+00:00"


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """What the patches of foo apply to."""
    made = Work(tmp_path / "pebble")
    made.commit("Begin", **{"fs/foo/1__c": BEFORE, "fs/foo/2__c": BEFORE})
    made.git("switch", "--quiet", "-c", "for-next")
    return made


@pytest.fixture
def home(mkit: Mkit, sink: Sink, work: Work) -> Mkit:
    """Robin's, with a series of two patches; his branch is followed."""
    made = sending_to(mkit, sink).having(MKIT_NOW=NOW)
    said = f"{work.path} for-next queued"
    work.git("config", "--file", str(mkit.home / "config"), "--add", "mkit.ref", said)
    made.bring(*POSTED)
    return made


def apply(work: Work, *raws: bytes, change: str = "") -> list[str]:
    """Apply patch mails as Robin; the commits."""
    base = work.git("rev-parse", "HEAD")
    for raw in raws:
        git(work.path, *ROBIN, "am", "--quiet", data=raw)
    if change:
        work.write("fs/foo/more.c", change)
        work.git("add", "--all")
        git(work.path, *ROBIN, "commit", "--quiet", "--amend", "--no-edit")
    return work.git("rev-list", "--reverse", f"{base}..HEAD").split()


def thanks(home: Mkit, *argv: str) -> Json:
    found = home.json("thanks", *argv)
    schemas.check(found, "thanks")
    return found


def test_from_the_branch_to_the_author_once(home: Mkit, work: Work, sink: Sink) -> None:
    commits = apply(work, *POSTED[1:])
    before = work.fingerprint()
    (made,) = thanks(home)["thanks"]
    assert [one["commit"] for one in made["applied"]] == commits
    assert [one["edited"] for one in made["applied"]] == [False, False]
    assert (made["tree"], made["branch"]) == ("pebble", "for-next")
    assert [one["id"] for one in drafts(home)] == [made["draft"]]
    assert not sink.mails, "drafts first"
    home.run("thanks", "--send", "--yes")
    (mail,) = sink.mails
    assert mail["To"] == ADA
    assert mail["In-Reply-To"] == f"<{COVER}>"
    assert mail["Subject"] == "Re: [PATCH 0/2] foo: make it better"
    text = read_mail(sink.raw[0]).text
    assert "> This series helps." in text
    for number, commit in enumerate(commits, 1):
        assert f"[{number}/2] foo: step {number}\n      commit: {commit[:12]}\n" in text
    assert work.fingerprint() == before
    assert drafts(home) == []
    again = thanks(home)
    assert again["thanks"] == []
    assert "robin@lumen.example" in again["passed"][0]["why"]
    home.run("thanks", COVER, code=1)
    assert len(sink.mails) == 1


def test_our_own_reader_believes_it(home: Mkit, work: Work, sink: Sink) -> None:
    commits = apply(work, *POSTED[1:])
    home.run("thanks", "--send", "--yes")
    other = Mkit(home.base / "other").configure()
    other.bring(*POSTED, sink.raw[0])
    found = other.json("show", COVER)["topic"]["revisions"][0]["patches"]
    told = [[one["commit"] for one in patch["claims"]] for patch in found]
    assert told == [[one[:12]] for one in commits]
    assert "Applied to pebble (for-next), thanks!" in other.run("proposals").stdout


def test_an_edited_landing_with_the_address_of_a_commit(home: Mkit, work: Work) -> None:
    line = f"{work.path} mm https://git.example.org/mm/commit/?id={{commit}}"
    work.git("config", "--file", str(home.home / "config"), "mkit.treeName", line)
    (first,) = apply(work, POSTED[1], change="\ttwo();\n")
    (made,) = thanks(home, COVER)["thanks"]
    assert made["applied"][0]["edited"]
    assert made["missing"] == [SECOND]
    text = home.run("thanks", COVER, "--dry-run").stdout
    assert f"      https://git.example.org/mm/commit/?id={first}\n" in text
    assert "with changes to the patch" in text
    assert "Subject: Re: (subset) [PATCH 0/2]" in text
    assert "Applied to mm (for-next)" in text


def test_the_tree_is_called_as_it_is_known_to_others(home: Mkit, work: Work) -> None:
    apply(work, *POSTED[1:])
    work.git("remote", "add", "korg", "git@git.example.org:pub/scm/fs/pebble-tree.git")
    work.git("config", "branch.for-next.remote", "korg")
    (made,) = thanks(home)["thanks"]
    assert made["tree"] == "fs/pebble-tree"
    work.git("remote", "set-url", "korg", str(home.base / "secret" / "place"))
    (made,) = thanks(home, "--dry-run")["thanks"]
    assert made["tree"] == "pebble", "no path of this machine"


def test_a_branch_that_was_not_followed(home: Mkit, work: Work) -> None:
    work.git("switch", "--quiet", "-c", "topic")
    apply(work, *POSTED[1:])
    home.run("thanks", COVER, "--branch", "topic", code=1)
    (made,) = thanks(home, COVER, "--branch", "topic", "--repo", str(work.path))["thanks"]
    assert made["branch"] == "topic"
    held = home.json("land")["landings"]
    assert [one["ref"] for one in held] == ["topic"] * 2, "it is followed now"


def test_somebody_elses_thanks_are_enough(home: Mkit, work: Work) -> None:
    apply(work, *POSTED[1:])
    home.bring(reply(COVER, "Both applied, thanks!\n", sender=BO, message_id="bo@x"))
    found = thanks(home)
    assert found["thanks"] == []
    assert "bo@x" in found["passed"][0]["why"]
    assert len(thanks(home, "--again")["thanks"]) == 1


def test_silent_lists_and_words_of_ones_own(home: Mkit, work: Work) -> None:
    apply(work, *POSTED[1:])
    settings = str(home.home / "config")
    work.git("config", "--file", settings, "mkit.thanks", "pebblefs silent")
    assert thanks(home) == {
        "schema": 1, "thanks": [], "passed": [], "sent": [], "place": None, "failed": None,
    }  # fmt: skip
    folder = home.home / "templates"
    folder.mkdir()
    (folder / "thanks").write_text("Hi {author},\n\nin {branch} now.\n\n{applied}\n\nRobin\n")
    text = home.run("thanks", COVER, "--dry-run").stdout
    assert "Hi Ada Author,\n\nin for-next now.\n\n[1/2]" in text
    assert text.rstrip().endswith("Robin")


def test_what_is_left_for_a_mailer_is_not_made_again(home: Mkit, work: Work) -> None:
    apply(work, *POSTED[1:])
    box = home.base / "out.mbox"
    found = thanks(home, "--send", "--yes", "--mbox", str(box))
    assert len(found["sent"]) == 1
    assert box.read_bytes().count(b"Applied to pebble (for-next)") == 1
    assert thanks(home)["thanks"] == []


def test_nothing_is_sent_unasked(home: Mkit, work: Work, sink: Sink) -> None:
    apply(work, *POSTED[1:])
    home.run("thanks", "--send", code=1)
    home.run("thanks", "--send", "--json", code=1)
    assert not sink.mails
    assert len(drafts(home)) == 1


def test_a_torn_or_foreign_line_of_the_records(home: Mkit, work: Work) -> None:
    apply(work, *POSTED[1:])
    (home.home / "thanks.jsonl").write_text('{"thanks": 3}\n[]\nnonsense\n{"thanks": "x", "pat')
    (made,) = thanks(home)["thanks"]
    home.run("reply", "--drop", made["draft"])
    assert thanks(home)["thanks"] == []
