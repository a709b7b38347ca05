# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit check --fix`` on real patch files: git am takes them, and makes the same tree of them."""

from __future__ import annotations

import base64
import os
import pty
import quopri
import select
import subprocess
from pathlib import Path

import pytest

from tests.integration.driver import Done, Mkit
from tests.integration.repositories import Work

MESSAGE = (
    "pebble: give the buffer back when a mount fails.\n\n"
    "When the super block cannot be read, teh buffer is never given back, as\n"
    "Zo\u00eb has seen.\n\n"
    "Link: http://lore.kernel.org/r/20260101.abcdef@quarry.example\n"
    "Signed-off-by: Ada Author <ada@quarry.example>\n"
)
OLD = "int fill(void)\n{\n\tint error;\n\treturn error;\n}\n"
NEW = OLD.replace("\treturn", '\tput("caf\u00e9");\n\treturn')
MENDED = {"subject-full-stop", "spelling", "link-invalid"}


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """A base, and a commit on top that has things to mend."""
    made = Work(tmp_path / "work")
    made.git("config", "user.name", "Ada Author")
    made.git("config", "user.email", "ada@quarry.example")
    made.commit("Lumen 6.0\n", super__c=OLD, other__c="a\n")
    made.git("tag", "base")
    made.git("branch", "upstream")
    made.commit(MESSAGE, super__c=NEW)
    return made


def exported(work: Work, *options: str) -> list[Path]:
    out = work.path.parent / "out"
    argv = ("format-patch", "--quiet", f"--output-directory={out}", *options, "base..")
    work.git(*argv)
    return sorted(out.iterdir())


def fix(mkit: Mkit, work: Work, *args: str | Path, code: int = 0) -> Done:
    options = ("--fix", "--yes", "--profile", "kernel", "--repo", work.path)
    return mkit.run("check", *options, *args, code=code)


def applied(work: Work, *paths: Path) -> tuple[str, str, str, str]:
    """Tree, author, date and message that git am makes of patches on the base."""
    folder = work.path.parent / "am"
    work.git("worktree", "add", "--quiet", "--force", "--detach", str(folder), "base")
    inside = Work.__new__(Work)
    inside.path = folder
    inside.git("am", "--quiet", *(str(path) for path in paths))
    said = inside.git("log", "-1", "--format=%T%x00%an <%ae>%x00%ad%x00%B").split("\0")
    work.git("worktree", "remove", "--force", str(folder))
    tree, author, date, message = said
    return tree, author, date, message


def patch_id(work: Work, path: Path) -> str:
    return work.git("patch-id", "--stable", data=path.read_bytes()).split()[0]


def recoded(raw: bytes, encoding: str) -> bytes:
    """A patch of format-patch under another transfer encoding, or with other line ends."""
    head, _, body = raw.partition(b"\n\n")
    if encoding == "crlf":
        return raw.replace(b"\n", b"\r\n")
    if encoding == "latin-1":
        # Only the message: git leaves the diff as it is.
        message, cut, diff = body.partition(b"\n---\n")
        head = head.replace(b"UTF-8", b"ISO-8859-1")
        return head + b"\n\n" + message.decode().encode("latin-1") + cut + diff
    if encoding == "flowed":
        head = head.replace(b"charset=UTF-8", b"charset=UTF-8; format=flowed")
        return (
            head
            + b"\n\n"
            + b"\n".join(
                b" " + one if one[:1] in (b" ", b">") or one[:5] == b"From " else one
                for one in body.split(b"\n")
            )
        )
    head = head.replace(b"Transfer-Encoding: 8bit", b"Transfer-Encoding: " + encoding.encode())
    coded = base64.encodebytes(body) if encoding == "base64" else quopri.encodestring(body)
    return head + b"\n\n" + coded


@pytest.mark.parametrize(
    "encoding", ["8bit", "base64", "quoted-printable", "crlf", "flowed", "latin-1"]
)
def test_git_am_makes_the_same_of_what_was_mended(mkit: Mkit, work: Work, encoding: str) -> None:
    [path] = exported(work, "--base=base")
    whole = path.read_bytes()
    before = applied(work, path)
    path.write_bytes(recoded(whole, encoding) if encoding != "8bit" else whole)
    assert applied(work, path)[0] == before[0]

    done = fix(mkit, work, path)

    assert "subject-full-stop" in done.stdout
    tree, author, date, message = applied(work, path)
    assert (tree, author, date) == before[:3]
    assert message.split("\n") == [
        "pebble: give the buffer back when a mount fails",
        "",
        "When the super block cannot be read, the buffer is never given back, as",
        "Zo\u00eb has seen.",
        "",
        "Link: https://lore.kernel.org/r/20260101.abcdef@quarry.example",
        "Signed-off-by: Ada Author <ada@quarry.example>",
        *message.split("\n")[7:],
    ]
    assert "base-commit: " in path.read_text("utf-8", "replace")
    again = path.read_bytes()
    assert "nothing to mend" in fix(mkit, work, path).stderr
    assert path.read_bytes() == again


def test_all_other_lines_stay_byte_for_byte(mkit: Mkit, work: Work) -> None:
    [path] = exported(work, "--base=base", "--signature=Ada's mailer")
    before = path.read_bytes().split(b"\n")
    name = patch_id(work, path)

    fix(mkit, work, path)

    after = path.read_bytes().split(b"\n")
    assert patch_id(work, path) == name
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [old.split(b" ")[0] for old, _ in changed] == [b"Subject:", b"When", b"Link:"]


@pytest.mark.parametrize("option", ["--attach", "--inline"])
def test_an_attached_patch_becomes_plain_text(mkit: Mkit, work: Work, option: str) -> None:
    [plain] = exported(work)
    before = applied(work, plain)
    plain.unlink()
    [path] = exported(work, option)

    fix(mkit, work, path)

    raw = path.read_bytes()
    assert b"multipart" not in raw
    assert applied(work, path)[:3] == before[:3]


def test_without_yes_nothing_is_written(mkit: Mkit, work: Work) -> None:
    [path] = exported(work)
    before = path.read_bytes()

    done = mkit.run("check", "--fix", "--repo", work.path, path, code=1)

    assert path.read_bytes() == before
    assert "+Subject: [PATCH] pebble: give the buffer back when a mount fails" in done.stdout
    assert "--yes" in done.stderr


@pytest.mark.parametrize(("answer", "is_written"), [("y", True), ("n", False)])
def test_on_a_terminal_it_asks(mkit: Mkit, work: Work, answer: str, is_written: bool) -> None:
    [path] = exported(work)
    before = path.read_bytes()
    outer, inner = pty.openpty()
    argv = mkit.argv("check", "--fix", "--repo", work.path, path)
    with subprocess.Popen(
        argv, env=mkit.env, stdin=inner, stdout=inner, stderr=inner, start_new_session=True
    ) as running:
        os.close(inner)
        said = b""
        while b"[y/N]" not in said:
            assert select.select([outer], [], [], 60)[0], said
            said += os.read(outer, 4096)
        os.write(outer, f"{answer}\n".encode())
        running.wait(60)
    os.close(outer)

    assert (path.read_bytes() != before) == is_written
    assert running.returncode == (0 if is_written else 1)


def test_checking_again_finds_none_of_the_mended_rules(mkit: Mkit, work: Work) -> None:
    [path] = exported(work)
    argv = ("check", "--json", "--fail-on=never", "--profile=kernel", "--repo", work.path, path)
    before = {one["rule"] for one in mkit.run(*argv).json["findings"]}
    assert before >= MENDED

    fix(mkit, work, path)

    after = {one["rule"] for one in mkit.run(*argv).json["findings"]}
    assert after == before - MENDED


# files


def test_one_mail_of_an_mbox_is_mended_in_its_place(mkit: Mkit, work: Work) -> None:
    [path] = exported(work)
    bad = path.read_bytes()
    good = bad.replace(b"fails.", b"fails").replace(b"teh", b"the").replace(b"http:", b"https:")
    other = good.replace(b"Subject: [PATCH] pebble", b"Subject: [PATCH] flint")
    mbox = path.with_name("series.mbox")
    mbox.write_bytes(other + b"\n" + bad + b"\n" + other)

    fix(mkit, work, mbox)

    assert mbox.read_bytes() == other + b"\n" + good + b"\n" + other


def test_mode_and_link_stay(mkit: Mkit, work: Work) -> None:
    [path] = exported(work)
    path.chmod(0o640)
    link = path.with_name("newest.patch")
    link.symlink_to(path.name)

    fix(mkit, work, link)

    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert b"fails\n" in path.read_bytes()
    assert sorted(one.name for one in path.parent.iterdir()) == sorted([link.name, path.name])


def test_mail_in_a_maildir_is_left_alone(mkit: Mkit, work: Work) -> None:
    [path] = exported(work)
    for name in ("cur", "new", "tmp"):
        (work.path.parent / "mail" / name).mkdir(parents=True)
    mail = path.rename(work.path.parent / "mail" / "cur" / "1.eml")
    before = mail.read_bytes()

    done = fix(mkit, work, mail, code=1)

    assert "Maildir" in done.stderr
    assert mail.read_bytes() == before


@pytest.mark.parametrize("name", ["no.patch", "folder", "words.txt", "packed.gz"])
def test_what_cannot_be_mended_is_named_and_the_rest_mended(
    mkit: Mkit, work: Work, name: str
) -> None:
    [path] = exported(work)
    other = path.with_name(name)
    if name == "folder":
        other.mkdir()
    elif name == "packed.gz":
        other.write_bytes(b"\x1f\x8b\x08\0")
    elif name == "words.txt":
        other.write_text("This is no mail.\n")
    else:
        other.symlink_to("nowhere")

    done = fix(mkit, work, path, other, code=1)

    assert name in done.stderr
    assert b"fails\n" in path.read_bytes()


def test_a_series_of_quilt(mkit: Mkit, work: Work) -> None:
    [path] = exported(work)
    series = path.with_name("series")
    series.write_text(f"# the first\n{path.name} -p1\n")

    fix(mkit, work, series)

    assert b"fails\n" in path.read_bytes()


def test_json_and_drafts_do_not_go_with_it(mkit: Mkit, work: Work) -> None:
    mkit.run("check", "--fix", "--json", "x.patch", code=2)
    mkit.run("check", "--fix", "--staged", code=2)
    mkit.run("check", "--fix", code=2)
    assert "is no file" in mkit.run("check", "--fix", "-", code=1).stderr


# white space of diffs


def test_white_space_is_not_mended_where_a_later_patch_builds_on_it(mkit: Mkit, work: Work) -> None:
    work.git("reset", "--quiet", "--hard", "base")
    work.commit("pebble: one\n\nWhy.\n", super__c=OLD.replace("\treturn", "\tput(); \n\treturn"))
    work.commit(
        "pebble: two\n\nWhy.\n", super__c=OLD.replace("\treturn", "\tput(); \n\tget();\n\treturn")
    )
    first, second = exported(work)
    before = first.read_bytes()

    together = fix(mkit, work, first, second)
    alone = fix(mkit, work, first)

    assert "a later patch of the series builds on that line" in together.stderr
    assert "later patches of the series are not here" in alone.stderr
    assert first.read_bytes() == before
    assert applied(work, first, second)[0] == work.git("rev-parse", "HEAD^{tree}")
