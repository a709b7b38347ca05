# SPDX-License-Identifier: GPL-2.0-or-later
"""``apply``: a series becomes commits, in a tree of mkit's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.build import BO, DAY, LIST, reply
from tests.cli import schemas
from tests.integration.applied import Field, text
from tests.integration.driver import Mkit


@pytest.fixture
def place(mkit: Mkit, tmp_path: Path) -> Field:
    return Field(mkit, tmp_path)


_HOOKS = ("applypatch-msg", "post-applypatch", "pre-commit", "post-checkout", "post-rewrite",
          "reference-transaction")  # fmt: skip
_HIDDEN = ("hooks", "config", "index", "HEAD", "info/attributes")


def series(place: Field) -> str:
    """Three patches upon the beginning: a change, a new file, a file that goes."""
    place.author.commit("a: change\n\nWhy.\n\nSigned-off-by: Ada Author <ada@x>", a__c=text(n3="x"))
    place.author.commit("new: add\n\nWhy not.", new__c="new\n")
    (place.author.path / "old.c").unlink()
    place.author.commit("old: remove")
    return f"{place.begin}..master"


def test_a_series_becomes_a_new_branch(place: Field) -> None:
    span = series(place)
    topic = place.post(span, "--cover-letter", f"--base={place.begin}")
    before = place.work.git("for-each-ref")
    said = place.applied(topic, "--to", "fixes")
    schemas.check(said, "apply")
    assert said["branch"] == "fixes"
    assert said["base"] == place.begin
    assert said["old"] is None and said["stopped_at"] is None
    assert said["new"] == place.work.git("rev-parse", "fixes") == said["applied"][-1]["commit"]
    assert place.our_trees(f"{place.begin}..fixes") == place.trees(span)
    names = place.work.git("log", "--format=%an <%ae> %ad %s", f"{place.begin}..fixes")
    assert names == place.author.git("log", "--format=%an <%ae> %ad %s", span)
    refs = place.work.git("for-each-ref").splitlines()
    assert [one for one in refs if not one.endswith("/fixes")] == before.splitlines()
    assert place.leftovers() == []


def test_a_repository_of_sha256_in_an_oddly_named_folder(mkit: Mkit, tmp_path: Path) -> None:
    place = Field(mkit, tmp_path / 'a "quoted\\ näme: x', ["--object-format=sha256"])
    span = series(place)
    topic = place.post(span)
    place.work.commit("a: go on", a__c=text(n3="other"))
    said = place.applied(topic, "--to", "fixes")
    schemas.check(said, "apply")
    assert said["base"] == place.begin
    assert place.our_trees(f"{place.begin}..fixes") == place.trees(span)


def test_nothing_of_the_checkout_is_touched(place: Field) -> None:
    """Settings, attributes, hooks, index and files of the user count for nothing."""
    topic = place.post(series(place))
    place.work.git("checkout", "--quiet", "--detach")
    place.work.git("config", "core.autocrlf", "true")
    place.work.git("config", "am.threeWay", "true")
    place.work.write(".git/info/attributes", "* eol=crlf\n")
    place.work.write("a.c", "not committed\n")
    for name in _HOOKS:
        place.work.hook(name, f"touch {place.base / 'hooked'}; exit 1")
    before = {one: _content(place.work.path / ".git" / one) for one in _HIDDEN}
    place.apply(topic, "--to", "fixes")
    assert {one: _content(place.work.path / ".git" / one) for one in _HIDDEN} == before
    assert (place.work.path / "a.c").read_text() == "not committed\n"
    assert not (place.base / "hooked").exists()
    assert place.our_trees("master..fixes") == place.trees(f"{place.begin}..master")


def _content(path: Path) -> object:
    if path.is_dir():
        return sorted((one.name, one.read_bytes()) for one in path.iterdir())
    return path.read_bytes()


def test_trailers_link_and_sign_off(place: Field, mkit: Mkit) -> None:
    mkit.configure(
        "[mkit]\n\tme = robin@lumen.example\n\tapplyLink = https://archive.example/%s/\n"
        "\tapplySignOff = on\n[user]\n\tname = Robin\n\temail = robin@lumen.example\n"
    )
    topic = place.post(series(place), "--cover-letter")
    found = mkit.topic(topic)["revisions"][0]
    cover, first = found["cover"]["message_id"], found["patches"][0]["message_id"]
    said = f"Reviewed-by: {BO}\n"
    mkit.bring(reply(first, said, above=[cover], minutes=DAY, message_id="r1@x.example"))
    place.apply(topic, "--to", "fixes", "--subset", "1")
    assert place.work.git("show", "-s", "--format=%B", "fixes") == (
        "a: change\n\nWhy.\n\nSigned-off-by: Ada Author <ada@x>\n"
        f"Reviewed-by: {BO}\n"
        f"Link: https://archive.example/{first}/\n"
        "Signed-off-by: Robin <robin@lumen.example>"
    )
    who = place.work.git("show", "-s", "--format=%cn <%ce>", "fixes")
    assert who == "Robin <robin@lumen.example>"
    place.apply(topic, "--to", "other", "--subset", "1", "--no-link", "--no-sign-off")
    message = place.work.git("show", "-s", "--format=%B", "other")
    assert message.endswith(f"Reviewed-by: {BO}")


def test_a_branch_only_moves_forward(place: Field) -> None:
    topic = place.post(series(place))
    place.work.commit("b: meanwhile", b__c=text(n9="y"))
    tip = place.work.git("rev-parse", "master")
    place.work.git("checkout", "--quiet", "--detach")
    said = place.applied(topic, "--to", "master")
    assert (said["old"], said["base"]) == (tip, tip)
    assert place.work.git("merge-base", "master", tip) == tip
    assert len(place.our_trees(f"{tip}..master")) == 3
    done = place.apply(topic, "--to", "master", "--onto", place.begin, code=1)
    assert "only moved forward" in done.stderr


def test_a_branch_that_is_checked_out_is_refused(place: Field) -> None:
    topic = place.post(series(place))
    place.work.git("worktree", "add", "--quiet", "-b", "elsewhere", str(place.base / "linked"))
    before = place.work.fingerprint()
    for name in ("master", "elsewhere"):
        assert "is checked out in" in place.apply(topic, "--to", name, code=1).stderr
    for name in ("-f", "a..b", "HEAD", "x.lock", "refs/heads/"):
        assert place.apply(topic, f"--to={name}", code=1).stderr
    assert place.work.fingerprint() == before


def test_a_trial_changes_nothing(place: Field) -> None:
    topic = place.post(series(place))
    before = place.work.fingerprint()
    said = place.applied(topic, "--to", "fixes", "--dry-run")
    assert said["dry_run"] and len(said["applied"]) == 3
    assert "nothing was changed" in place.apply(topic, "--to", "fixes", "--dry-run").stdout
    assert place.work.fingerprint() == before
    assert place.leftovers() == []


def test_several_series_in_their_order(place: Field) -> None:
    first = place.post(series(place))
    tip = place.author.git("rev-parse", "master")
    place.author.commit("a: more", a__c=text(n3="x", n4="y"))
    second = place.post(f"{tip}..master")
    said = place.applied(first, second, "--to", "fixes")
    assert len(said["applied"]) == 4
    assert place.our_trees("master..fixes")[-1] == place.trees(f"{tip}..master")[-1]
    assert "is named twice" in place.apply(first, first, "--to", "x", code=1).stderr


def test_a_part_of_a_series_and_one_patch(place: Field, mkit: Mkit) -> None:
    topic = place.post(series(place))
    said = place.applied(topic, "--to", "two", "--subset", "1,3-")
    titles = place.work.git("log", "--format=%s", "master..two").splitlines()
    assert titles == ["old: remove", "a: change"] and len(said["applied"]) == 2
    one = mkit.topic(topic)["revisions"][0]["patches"][1]["message_id"]
    place.apply(one, "--to", "one")
    assert place.work.git("log", "--format=%s", "master..one") == "new: add"
    assert (
        "none of patches 1 to 3" in place.apply(topic, "--to", "x", "--subset", "4", code=1).stderr
    )


def test_an_older_revision_is_named(place: Field) -> None:
    first = place.post(series(place), "--cover-letter", "--subject-prefix=PATCH")
    place.author.git("reset", "--quiet", "--hard", place.begin)
    place.author.commit("a: change\n\nWhy.", a__c=text(n3="better"))
    root = place.mkit.topic(first)["revisions"][0]["cover"]["message_id"]
    folder = place.base / "v2"
    place.author.git(
        "format-patch", "--quiet", "-v2", f"--in-reply-to={root}", f"--to={LIST}",
        "-o", str(folder), f"{place.begin}..master", "--cover-letter",
    )  # fmt: skip
    place.mkit.bring(*(one.read_bytes() for one in sorted(folder.iterdir())))
    place.apply(first, "--to", "newest")
    done = place.apply(f"{first}@v1", "--to", "oldest")
    assert "there is a newer revision, v2" in done.stderr
    assert len(place.our_trees("master..newest")) == 1
    assert len(place.our_trees("master..oldest")) == 3


def test_the_base_is_found_by_the_blobs_of_the_diffs(place: Field) -> None:
    """The branch went on and changed the same lines; nothing in the mails names a base."""
    topic = place.post(series(place))
    for number in range(3):
        place.work.commit(f"a: go on {number}", a__c=text(n3=f"other {number}"))
    said = place.applied(topic, "--to", "fixes")
    assert said["base"] == place.begin
    assert {one["way"] for one in said["applied"]} == {"plain"}
    said = place.applied(topic, "--to", "upon", "--onto", "master~2", "--subset", "2-")
    assert said["base"] == place.work.git("rev-parse", "master~2")
