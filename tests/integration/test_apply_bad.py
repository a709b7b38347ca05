# SPDX-License-Identifier: GPL-2.0-or-later
"""``apply`` and mail that means harm, or is not what it was: refused, and nothing is touched."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from hashlib import sha1
from pathlib import Path

import pytest

from maintainer_kit.adapters.git.applying.work_tree import AmTree
from maintainer_kit.adapters.git.applying.yard import AmYard
from maintainer_kit.adapters.git.borrowed import Borrowed, identity
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.workflow.applying.ways import LADDER, Way
from tests.build import patch, posting
from tests.integration.applied import Field, text
from tests.integration.driver import Mkit


@pytest.fixture
def place(mkit: Mkit, tmp_path: Path) -> Field:
    return Field(mkit, tmp_path)


def new_file(path: str, mode: str = "100644", line: str = "x") -> str:
    return (
        f"diff --git a/{path} b/{path}\nnew file mode {mode}\nindex 0000000..1111111\n"
        f"--- /dev/null\n+++ b/{path}\n@@ -0,0 +1 @@\n+{line}\n"
    )


def refused(place: Field, *raws: bytes) -> str:
    """That nothing at all of a repository changed."""
    topic = place.bring(raws)
    before = place.work.fingerprint()
    done = place.apply(topic, "--to", "bad", code=1)
    assert place.work.fingerprint() == before
    assert place.leftovers() == []
    assert not [*place.base.rglob("escaped.c"), *Path("/tmp").glob("escaped.c")]
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("../escaped.c", "leads out of the tree"),
        ("../../../../../../tmp/escaped.c", "leads out of the tree"),
        (".git/hooks/post-checkout", "repository's own folder"),
        ("sub/.GIT/config", "repository's own folder"),
    ],
)
def test_paths_that_lead_elsewhere(place: Field, path: str, words: str) -> None:
    assert words in refused(place, patch("[PATCH] fs: x", new_file(path)))


def test_a_link_that_a_later_patch_writes_through(place: Field) -> None:
    """git knows both, and refuses the second; no other way of the ladder takes it."""
    outside = place.base / "outside"
    outside.mkdir()
    raws = [
        patch("[PATCH 1/2] s: link", new_file("door", "120000", str(outside)), message_id="1@x"),
        patch("[PATCH 2/2] s: write", new_file("door/in.c"), message_id="2@x", parents=["1@x"]),
    ]
    topic = place.bring(raws)
    done = place.apply(topic, "--to", "bad", code=1)
    assert "door is a symbolic link" in done.stderr
    assert [*outside.iterdir()] == []
    place.step("--abort")
    assert place.work.git("branch", "--list", "bad") == ""


BASHRC = "alias a=b\nPS1=x\n"
_BELOW = (
    "diff --git a/d/bashrc b/d/bashrc\n--- a/d/bashrc\n+++ b/d/bashrc\n"
    "@@ -1,2 +1,3 @@\n alias a=b\n+echo pwned\n PS1=x\n"
)
_NO_END = "\n\\ No newline at end of file\n"
_CHANGES = {
    "only what is below": _BELOW,
    "the link becomes a file": "diff --git a/d b/d\nold mode 120000\nnew mode 100644\n" + _BELOW,
    "the link becomes another": (
        "diff --git a/d b/d\nindex 1111111..2222222 120000\n--- a/d\n+++ b/d\n"
        f"@@ -1 +1 @@\n-old{_NO_END}+new{_NO_END}{_BELOW}"
    ),
    "the link goes": (
        "diff --git a/d b/d\ndeleted file mode 120000\nindex 1111111..0000000\n--- a/d\n"
        f"+++ /dev/null\n@@ -1 +0,0 @@\n-old{_NO_END}{_BELOW}"
    ),
}


def link(path: str, target: str) -> str:
    made = new_file(path, "120000", target)
    return f"{made}{_NO_END[1:]}"


@pytest.fixture
def outside(place: Field) -> Path:
    """A folder as a home is one."""
    folder = place.base / "outside"
    folder.mkdir()
    (folder / "bashrc").write_text(BASHRC)
    return folder


def untouched(outside: Path) -> bool:
    return {one.name: one.read_text() for one in outside.iterdir()} == {"bashrc": BASHRC}


def through_link(outside: Path, change: str) -> list[bytes]:
    """A symlink, then a change of it and of a file below it."""
    return [
        patch("[PATCH 1/2] s: link", link("d", str(outside)), message_id="1@x"),
        patch("[PATCH 2/2] s: use", change, message_id="2@x", parents=["1@x"]),
    ]


@pytest.mark.parametrize("way", LADDER)
def test_no_way_writes_through_a_link(
    place: Field, outside: Path, way: Way, needs_tool: Callable[[str], str]
) -> None:
    """Nor does what is laid open for a person."""
    if way in (Way.MERGE, Way.WIGGLE):
        needs_tool("patch" if way is Way.MERGE else "wiggle")
    own = Borrowed.create(Git(place.work.path), place.base / "own")
    tree = AmTree(own, place.base / "tree", identity("Robin", "robin@lumen.example"))
    for number, change in enumerate(_CHANGES.values()):
        mails = []
        for at, raw in enumerate(through_link(outside, change)):
            mails.append(place.base / f"{number}-{at}.mbox")
            mails[at].write_bytes(b"From mboxrd@z Thu Jan  1 00:00:00 1970\n" + raw)
        yard = AmYard(tree, mails, [mails[:1], mails], lambda _: [place.begin])
        yard.start(place.begin)
        (head,), _ = yard.take(0)
        assert not yard.climb(way, 1, head).is_done
        assert untouched(outside)
        assert "d" in yard.lay_open(1, head) or number == 0
        assert (tree.path / "d").is_symlink()
        assert untouched(outside)


@pytest.mark.parametrize("change", _CHANGES.values(), ids=_CHANGES)
def test_nobody_is_led_through_a_link(place: Field, outside: Path, change: str) -> None:
    """Neither by a dry run, nor with an editor that writes to all that it is given."""
    topic = place.bring(through_link(outside, change))
    place.mkit = place.mkit.having(GIT_EDITOR=writing_editor(place))
    place.apply(topic, "--to", "bad", "--dry-run", code=1)
    assert untouched(outside)
    place.apply(topic, "--to", "bad", code=1)
    place.step("--edit-tree", code=1)
    assert untouched(outside)
    place.step("--edit-patch", code=1)
    assert untouched(outside)
    place.step("--continue", code=1)
    assert untouched(outside)


def writing_editor(place: Field) -> str:
    path = place.base / "editor"
    path.write_text('#!/bin/sh\nfor one; do echo " pwned" >>"$one"; done\n')
    path.chmod(0o755)
    return str(path)


def test_a_link_in_conflict_is_not_opened(place: Field, outside: Path) -> None:
    """It stays in the tree as one side has it; behind it is no file of the tree."""
    before, now = (str(outside / one) for one in ("other", "bashrc"))
    index = f"{blob_id(before)}..{blob_id('third')} 120000"
    change = f"diff --git a/d b/d\nindex {index}\n--- a/d\n+++ b/d\n@@ -1 +1 @@\n"
    again = change.replace(index, f"{blob_id(before)}..{blob_id(now)} 120000")
    raws = [
        patch("[PATCH 1/3] s: link", link("d", before), message_id="1@x"),
        patch(
            "[PATCH 2/3] s: another",
            f"{again}-{before}{_NO_END}+{now}{_NO_END}",
            message_id="2@x",
            parents=["1@x"],
        ),
        patch(
            "[PATCH 3/3] s: a third",
            f"{change}-{before}{_NO_END}+third{_NO_END}",
            message_id="3@x",
            parents=["1@x"],
        ),
    ]
    topic = place.bring(raws)
    place.mkit = place.mkit.having(GIT_EDITOR=writing_editor(place))
    said = place.applied(topic, "--to", "bad", code=1)
    assert said["stopped"]["paths"] == ["d"]
    assert Path(said["stopped"]["tree"], "d").resolve() == outside / "bashrc"
    done = place.step("--edit-tree", code=1)
    assert untouched(outside)
    assert "no file of the tree" in done.stderr


def blob_id(target: str) -> str:
    data = target.encode()
    return sha1(b"blob %d\0%b" % (len(data), data)).hexdigest()


def test_names_and_subjects_that_pretend_to_be_more(place: Field) -> None:
    raw = patch(
        "[PATCH] --exec=touch${IFS}owned; $(touch owned)",
        new_file("n.c"),
        sender="=?utf-8?q?Ada=0ASigned-off-by=3A_Eve?= <ada@quarry.example>",
        text="From: x\n\n-- \nSubject: other\nWhy.\n",
    )
    topic = place.bring([raw])
    place.apply(topic, "--to", "fixes")
    said = place.work.git("show", "-s", "--format=%an|%ae|%s", "fixes")
    assert said.startswith("Ada Signed-off-by: Eve|ada@quarry.example|--exec=touch")
    assert not list(place.base.rglob("owned"))


def test_an_author_without_an_address(place: Field) -> None:
    raw = patch("[PATCH] fs: x", new_file("n.c"), sender="nobody")
    assert "nobody knows its author" in refused(place, raw)


def test_two_mails_with_one_id(place: Field) -> None:
    """The one was reviewed, the other would be applied."""
    good = patch("[PATCH] fs: x", new_file("n.c", line="good"), message_id="one@x.example")
    bad = patch("[PATCH] fs: x", new_file("n.c", line="bad"), message_id="one@x.example")
    topic = place.bring([good])
    place.mkit.bring(bad)
    done = place.apply(topic, "--to", "bad", code=1)
    assert "two mails that are not the same" in done.stderr
    assert place.work.git("branch", "--list", "bad") == ""


def test_a_copy_with_a_lists_footer_is_the_same(place: Field) -> None:
    raw = patch("[PATCH] fs: x", new_file("n.c"), message_id="one@x.example")
    topic = place.bring([raw])
    place.mkit.bring(raw + b"\n_______________\nlist mailing list\n")
    place.apply(topic, "--to", "fixes")
    assert place.show("fixes:n.c") == "x"


def test_a_mail_that_was_changed_on_disk(place: Field) -> None:
    raw = patch("[PATCH] fs: x", new_file("n.c", line="good"), message_id="one@x.example")
    topic = place.bring([raw])
    (file,) = (one for one in (place.mkit.home / "mail").rglob("cur/*") if one.is_file())
    file.write_bytes(raw.replace(b"+good", b"+evil"))
    done = place.apply(topic, "--to", "bad", "--no-sync", code=1)
    assert "not the patch that was read before" in done.stderr


def test_a_series_with_a_hole(place: Field) -> None:
    raws = posting("s", 3)
    topic = place.bring(raws[:2] + raws[3:])
    done = place.apply(topic, "--to", "bad", code=1)
    assert "patch 2 of 3" in done.stderr and "has not arrived" in done.stderr
    assert "--subset" in done.stderr


def test_what_is_no_patch_and_no_repository(place: Field, mkit: Mkit, tmp_path: Path) -> None:
    topic = place.bring([patch("[PATCH] fs: x", new_file("n.c"))])
    empty = tmp_path / "empty"
    empty.mkdir()
    done = mkit.run("apply", topic, "--to", "x", "--repo", empty, code=1)
    assert "is no git repository" in done.stderr
    assert mkit.run("apply", topic, code=2).stderr
    assert mkit.run("apply", "--to", "x", code=2).stderr
    assert mkit.run("apply", topic, "--continue", code=2).stderr
    assert "no topic" in place.apply("zzzzzzzzzz", "--to", "x", code=1).stderr


def test_carriage_returns_binary_modes_and_odd_names(place: Field) -> None:
    """What git format-patch writes comes out as it went in."""
    author = place.author
    author.write("ü ö.c", "x\n")
    author.write("crlf.c", b"one\r\ntwo\r\n")
    author.write("bin", bytes(range(256)))
    author.write("run.sh", "#!/bin/sh\n").chmod(0o755)
    author.commit("many: add", a__c=text(n3="größer").encode("latin-1"))
    author.git("mv", "b.c", "sub-b.c")
    author.commit("many: rename", crlf__c=b"one\r\nmore\r\ntwo\r\n")
    span = f"{place.begin}..master"
    topic = place.post(span, "--binary", "-M")
    place.apply(topic, "--to", "fixes")
    assert place.our_trees("master..fixes") == place.trees(span)


def test_the_same_trees_as_b4(place: Field, needs_tool: Callable[[str], str]) -> None:
    """What is applied is what b4 would hand to git am."""
    b4 = needs_tool("b4")
    place.author.commit("a: one\n\nWhy.\n\nSigned-off-by: A <a@x.example>", a__c=text(n3="x"))
    place.author.commit("b: two\n\nÜber.", b__c=text(n5="ü"))
    topic = place.post(f"{place.begin}..master", "--cover-letter")
    place.apply(topic, "--to", "ours")
    box = place.base / "all.mbox"
    mails = [one.read_bytes() for one in sorted((place.base / "out-0").iterdir())]
    box.write_bytes(b"".join(b"From a@b Thu Jan  1 00:00:00 1970\n" + one for one in mails))
    root = place.mkit.topic(topic)["revisions"][0]["cover"]["message_id"]
    argv = [b4, "--offline-mode", "am", "-m", str(box), "-o", str(place.base / "b4"), root]
    env = {"HOME": str(place.base), "PATH": "/usr/bin:/bin"}
    subprocess.run(argv, cwd=place.work.path, env=env, check=True, capture_output=True, timeout=60)
    (ready,) = (place.base / "b4").glob("*.mbx")
    place.work.git("checkout", "--quiet", "-b", "theirs")
    place.work.git("am", "--quiet", str(ready))
    assert place.our_trees("master..ours") == place.our_trees("master..theirs")
    message = "--format=%an%n%B"
    ours = place.work.git("log", message, "master..ours")
    assert ours == place.work.git("log", message, "master..theirs")


def test_words_above_the_diff_that_look_like_one(place: Field) -> None:
    """What is catalogued is the patch-id of all of the text, as git counts it."""
    raw = patch(
        "[PATCH] fs: x", new_file("n.c"), below="diff of the two:\n--- a\n+++ b\n x | 1 +\n"
    )
    place.apply(place.bring([raw]), "--to", "fixes")
    assert place.show("fixes:n.c") == "x"
