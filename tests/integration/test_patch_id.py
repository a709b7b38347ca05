# SPDX-License-Identifier: GPL-2.0-or-later
"""Our patch-id equals ``git patch-id --stable`` on diffs that git itself makes."""

from __future__ import annotations

import lzma
import os
import random
import subprocess
from pathlib import Path

import pytest

from maintainer_kit.adapters.mail.mbox import split_mbox
from maintainer_kit.model.mail.mail import read_mail
from maintainer_kit.model.message.reading import read_message
from maintainer_kit.model.patch.diff import parse_diff
from maintainer_kit.model.patch.patch_id import patch_id
from tests.build import edit, mail
from tests.conftest import require_tool
from tests.sample import raw_mails

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
WILD = sorted(CORPORA.glob("*/*.mbox.xz"))
LINES = (
    b"\tbefore();",
    b"  two  spaces",
    b"",
    b"-- looks like a signature",
    b"--- looks like a name",
    b"+++ looks like a name",
    b"@@ -1 +1 @@ looks like a hunk",
    b"diff --git a/x b/x",
    b"\\ No newline at end of file",
    b"caf\xc3\xa9 \xe5\xa4\xa9",
    b"latin \xe9",
    b"form\x0cfeed and\x0bmore",
    b"trailing   ",
    b"0123456789012345678901234567890123456789",
    b"From here",
)


def git(folder: Path, *argv: str, data: bytes = b"", code: int | None = 0) -> bytes:
    """What a git command prints."""
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        ["git", *argv], cwd=folder, input=data, capture_output=True, env=env, timeout=60
    )
    assert code is None or done.returncode == code, done.stderr
    return done.stdout


def gits_id(folder: Path, text: str) -> str | None:
    """The stable patch-id by git."""
    data = text.encode("utf-8", "surrogateescape")
    words = git(folder, "patch-id", "--stable", data=data).split()
    return words[0].decode() if words else None


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty repository."""
    require_tool("git")
    made = tmp_path_factory.mktemp("repository")
    git(made, "init", "--quiet")
    return made


def write_tree(folder: Path, dice: random.Random) -> None:
    """A few files of odd lines; some binary, some without a final newline."""
    for name in ("a.c", "b c.txt", "d\u00e4.h", "e.bin", "run"):
        path = folder / name
        if dice.random() < 0.25:
            path.unlink(missing_ok=True)
            continue
        lines = [dice.choice(LINES) + b" %d" % dice.randrange(9) for _ in range(dice.randrange(40))]
        data = b"\n".join(lines) + (b"\n" if lines and dice.random() < 0.7 else b"")
        if name.endswith(".bin"):
            data += bytes(dice.randrange(256) for _ in range(50)) + b"\0"
        path.write_bytes(data)
        path.chmod(0o755 if dice.random() < 0.3 else 0o644)


NO_NEWLINE = "\\ No newline at end of file\n"
OPTIONS = ((), ("--binary",), ("-M", "-C"), ("-U0",), ("--no-prefix",), ("--full-index", "-U8"))


@pytest.mark.parametrize("seed", range(24))
def test_equal_on_diffs_of_git(folder: Path, seed: int) -> None:
    dice = random.Random(seed)
    write_tree(folder, dice)
    git(folder, "add", "--all")
    old = git(folder, "write-tree").decode().strip()
    write_tree(folder, dice)
    git(folder, "add", "--all")
    new = git(folder, "write-tree").decode().strip()
    option = OPTIONS[seed % len(OPTIONS)]
    text = git(folder, "diff", *option, old, new).decode("utf-8", "surrogateescape")
    assert patch_id(text) == gits_id(folder, text)
    mailed = f"Why.\n\nSigned-off-by: A <a@x>\n---\n a.c | 2 +-\n\n{text}-- \n2.39.5\n"
    assert patch_id(mailed) == gits_id(folder, mailed)


def differing(folder: Path, texts: list[str]) -> list[str]:
    """Those of the texts to which git gives another patch-id than we."""
    batch = "".join(f"From {at:040x} Mon Sep 17 00:00:00 2001\n{t}\n" for at, t in enumerate(texts))
    lines = git(folder, "patch-id", "--stable", data=batch.encode("utf-8", "surrogateescape"))
    theirs = {int(words[1], 16): words[0] for words in map(str.split, lines.decode().splitlines())}
    differ = [text for at, text in enumerate(texts) if patch_id(text) != theirs.get(at)]
    # Of a text that names commits git gives several, each under the name of the commit above.
    return [text for text in differ if patch_id(text) != gits_id(folder, text)]


def test_sample_patches(folder: Path) -> None:
    """Every patch of the sample that git reads."""
    texts = []
    for raw in raw_mails():
        message = read_message(found := read_mail(raw), "a@x")
        if message.diff and not message.diff.damage:
            texts.append(found.unjoined or found.text)
    assert len(texts) > 100
    assert differing(folder, texts) == []


@pytest.mark.skipif(not WILD, reason="the corpora are not beside the checkout")
@pytest.mark.parametrize("path", WILD, ids=lambda path: path.name.split(".")[0])
def test_patches_of_the_wild(folder: Path, path: Path) -> None:
    """Every text with a diff in the archives of real lists, also of those that are damaged."""
    texts: list[str] = []
    for piece in split_mbox(lzma.decompress(path.read_bytes())):
        found = read_mail(piece.raw)
        parts = (found.text, found.unjoined, *(part.text for part in found.attachments))
        texts += [text for text in parts if text.startswith("diff ") or "\ndiff " in text]
    assert len(texts) > 100
    assert differing(folder, texts) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no diff\n",
        edit(),
        edit() + edit("b.c"),
        edit("b.c") + edit(),
        edit().replace("\t", "    "),
        edit().replace("@@ -7,3 +7,3 @@", "@@ -90,3 +80,3 @@"),
        f"text before\n{edit()}\ntext after\n",
        f"From {'ab' * 20}\n{edit()}",
        f"commit {'ab' * 20}\n\n    message\n\n{edit()}",
        "diff --git a/x b/x\nold mode 100644\nnew mode 100755\n",
        "diff --git a/o b/n\nsimilarity index 100%\nrename from o\nrename to n\n",
        "diff --git a/x b/x\nindex 1111111..2222222 100644\nBinary files a/x and b/x differ\n",
        edit().replace("index 1111111..2222222 100644", "index of nothing"),
        edit().rstrip("\n"),
        edit().replace("\n", "\r\n"),
        # Hunks that are not as long as they say, and what may stand below them.
        edit() + "-- \n2.39.5\n",
        edit() + "--- a/b.c\n+++ b/b.c\n@@ -1 +1 @@\n-x\n+y\n",
        edit() + "\n" + edit("b.c"),
        edit().replace("@@ -7,3 +7,3 @@", "@@ -7,2 +7,3 @@") + edit("b.c"),
        edit().replace("@@ -7,3 +7,3 @@", "@@ -7,3 +7,2 @@") + edit("b.c"),
        edit().replace("@@ -7,3 +7,3 @@", "@@ -7,9 +7,9 @@") + edit("b.c"),
        edit().replace("@@ -7,3 +7,3 @@", "@@ -0,0 +0,0 @@") + edit("b.c"),
        edit().replace(" \tafter();\n", "\n") + edit("b.c"),
        edit().replace(" \tafter();\n", " \tafter();\n" + NO_NEWLINE) + edit("b.c"),
        edit().replace("+\ttwo();\n", NO_NEWLINE + "+\ttwo();\n" + NO_NEWLINE) + edit("b.c"),
        edit() + "\\ short\n" + edit("b.c"),
        edit().replace("+\ttwo();\n", "+\ttwo();\n\\ short\n\\odd\n") + edit("b.c"),
        edit().replace("+\ttwo();\n", f"{'ab' * 20}\n") + edit("b.c"),
        edit().replace("-\tone();\n", "-- \n") + "-- \n2.39.5\n",
    ],
)
def test_by_hand(folder: Path, text: str) -> None:
    assert patch_id(text) == gits_id(folder, text)


def test_order_of_files_and_white_space_do_not_count() -> None:
    one, other = edit("a.c"), edit("b.c")
    assert patch_id(one + other) == patch_id(other + one)
    assert patch_id(one) == patch_id(one.replace("\t", "  "))
    assert patch_id(one) != patch_id(other)


MANGLED = edit().replace("+\ttwo();", "+\ttwo(a,\nb);")


@pytest.mark.parametrize(
    "change",
    [
        edit(),
        edit() + edit("b.c"),
        MANGLED,
        edit().replace(" \tafter();\n", ""),
        edit().replace("@@ -7,3 +7,3 @@", "@@ -7,9 +7,9 @@"),
        edit().replace("--- a/fs/pebble/inode.c\n", ""),
        edit().replace(" \tbefore();\n", "\tbefore();\n"),
        edit().replace(" \tbefore();\n", "\n"),
    ],
)
def test_what_is_damaged_is_what_git_refuses(folder: Path, change: str) -> None:
    """git apply --numstat reads the mail; we say the same of it."""
    body = f"Why.\n---\n x | 2 +-\n\n{change}"
    text = read_mail(mail("[PATCH] x", body)).text
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["git", "apply", "--numstat"],
        cwd=folder,
        input=text.encode(),
        capture_output=True,
        env=env,
        timeout=60,
    )
    found = parse_diff(text)
    assert found is not None
    assert (found.damage == "") == (done.returncode == 0), done.stderr
    if b"corrupt patch at line" in done.stderr:
        assert found.damage_line == int(done.stderr.split()[-1])


def test_a_hunk_header_that_cannot_be_read_is_passed_over() -> None:
    broken = edit().replace("@@ -7,3 +7,3 @@", "@@ -x +y @@")
    assert patch_id(broken) not in (None, patch_id(edit()))
