# SPDX-License-Identifier: GPL-2.0-or-later
"""``quilt``: what is exported is read by quilt, git quiltimport and patch; what was changed comes
back; and what is bad is refused in one line."""

from __future__ import annotations

import os
import shutil
from base64 import encodebytes
from pathlib import Path

import pytest

from tests.build import edit, mail, part_id, patch, posting, reply
from tests.cli import schemas
from tests.integration.driver import CONFIG, Mkit
from tests.integration.repositories import Work

OLD = "int pebble(void)\n{\n\ta();\n\tb();\n\tc();\n\td();\n\tbefore();\n\tone();\n\tafter();\n}\n"

HUNK = edit().partition("+++ b/fs/pebble/inode.c\n")[2]


@pytest.fixture
def work(tmp_path: Path) -> Work:
    made = Work(tmp_path / "work")
    for number in (1, 2, 3):
        made.write(f"fs/s/{number}.c", OLD)
    made.commit("base\n")
    return made


def series(mkit: Mkit, revision: int = 1, total: int = 2, change: str = "two") -> str:
    mails = posting("s", total, revision=revision, change=change, minutes=revision)
    mkit.bring(*mails)
    return str(mkit.topic(part_id("s", 1, revision))["id"])


def exported(mkit: Mkit, tmp_path: Path) -> tuple[str, Path]:
    topic = series(mkit)
    mkit.run("quilt", "export", topic, tmp_path / "patches")
    return topic, tmp_path / "patches"


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_the_files_of_a_topic(mkit: Mkit, tmp_path: Path) -> None:
    mkit.bring(reply(part_id("s", 1), "Reviewed-by: Bo Reviewer <bo@shale.example>\n"))
    _, folder = exported(mkit, tmp_path)
    assert names(folder) == ["0001-s-step-1.patch", "0002-s-step-2.patch", "series"]
    assert (folder / "0001-s-step-1.patch").read_text() == (
        "From: Ada Author <ada@quarry.example>\n"
        "Date: Mon, 05 Jan 2026 09:01:00 +0000\n"
        "Subject: s: step 1\n"
        f"Message-ID: <{part_id('s', 1)}>\n"
        "\n"
        "Reason 1.\n"
        "\n"
        "Signed-off-by: Ada Author <ada@quarry.example>\n"
        "Reviewed-by: Bo Reviewer <bo@shale.example>\n"
        "---\n\n" + edit("fs/s/1.c", new="two_1")
    )


def test_others_may_read_them_as_far_as_the_umask_lets_them(mkit: Mkit, tmp_path: Path) -> None:
    _, folder = exported(mkit, tmp_path)
    (tmp_path / "plain").touch()
    usual = (tmp_path / "plain").stat().st_mode
    assert {one.stat().st_mode for one in folder.iterdir()} == {usual}


def test_a_link_to_the_archive_where_it_is_wanted(mkit: Mkit, tmp_path: Path) -> None:
    mkit.configure(CONFIG + "\tapplyLink = https://lore.example/r\n")
    _, folder = exported(mkit, tmp_path)
    text = (folder / "0002-s-step-2.patch").read_text()
    link = f"Link: https://lore.example/r/{part_id('s', 2)}"
    assert f"Signed-off-by: Ada Author <ada@quarry.example>\n{link}\n---\n" in text
    assert "2 kept" in mkit.run("quilt", "import", folder).stdout


def test_git_quiltimport_makes_the_commits(mkit: Mkit, work: Work, tmp_path: Path) -> None:
    if "quiltimport" not in work.git("help", "-a"):
        pytest.skip("git quiltimport is not installed")
    mkit.bring(reply(part_id("s", 0), "Acked-by: Bo Reviewer <bo@shale.example>\n"))
    _, folder = exported(mkit, tmp_path)
    work.git("quiltimport", "--patches", str(folder))
    said = work.git("log", "--format=%an <%ae> %aI%n%B", "--reverse", "HEAD~2..")
    assert said.split("\n\n")[0] == (
        "Ada Author <ada@quarry.example> 2026-01-05T09:01:00+00:00\ns: step 1"
    )
    assert said.count("Acked-by: Bo Reviewer <bo@shale.example>") == 2
    assert "two_2();" in (work.path / "fs/s/2.c").read_text()


def test_patch_applies_them(mkit: Mkit, work: Work, tmp_path: Path, needs_tool: object) -> None:
    assert callable(needs_tool)
    needs_tool("patch")
    _, folder = exported(mkit, tmp_path)
    for name in names(folder)[:2]:
        argv = ["patch", "-d", str(work.path), "-p1", "-f", "--fuzz=0", "-i", str(folder / name)]
        assert mkit.program(argv).code == 0
    assert "two_1();" in (work.path / "fs/s/1.c").read_text()


def test_quilt_pushes_refreshes_and_is_read_back(
    mkit: Mkit, work: Work, tmp_path: Path, needs_tool: object
) -> None:
    assert callable(needs_tool)
    needs_tool("quilt")
    topic, folder = exported(mkit, tmp_path)
    shutil.move(folder, work.path / "patches")

    def run(*argv: str) -> None:
        script = 'cd "$0" && exec quilt --quiltrc=- "$@"'
        assert mkit.program(["sh", "-c", script, str(work.path), *argv]).code == 0

    run("push", "-a")
    assert "two_2();" in (work.path / "fs/s/2.c").read_text()
    mkit.bring(reply(part_id("s", 0), "Acked-by: Bo Reviewer <bo@shale.example>\n"))
    refused = mkit.run("quilt", "export", topic, work.path / "patches", code=1)
    assert "quilt has 2 patches" in refused.stderr and "quilt pop -a" in refused.stderr
    path = work.path / "fs/s/2.c"
    path.write_text(path.read_text().replace("two_2", "three"))
    run("refresh")
    run("pop", "-a")
    done = mkit.json("quilt", "import", work.path)
    assert [one["fate"] for one in done["patches"]] == ["kept", "changed"]
    assert done["problems"] == []
    assert "+\tthree();" in done["interdiff"]["lines"]
    told = mkit.json("quilt", "export", topic, work.path / "patches")
    assert [one["name"] for one in told["kept"]] == ["0002-s-step-2.patch"]
    run("push", "-a")


def test_own_changes_come_back_as_a_patch(mkit: Mkit, work: Work, tmp_path: Path) -> None:
    topic, folder = exported(mkit, tmp_path)
    one = folder / "0002-s-step-2.patch"
    one.write_text(one.read_text().replace("two_2", "better").replace("Reason 2.", "Reason two."))
    said = mkit.run("quilt", "import", folder).stdout
    assert f"from {topic} v1 (by message-id)" in said
    assert "1 kept, 1 changed" in said
    shown = mkit.run("quilt", "import", folder, "--changes").stdout
    assert "Reason two." in shown and "better();" in shown
    mkit.run("quilt", "import", folder, "-o", tmp_path / "mine.diff", "--repo", work.path)
    for number in (1, 2):
        work.git(
            "apply", "--index", "-", data=edit(f"fs/s/{number}.c", new=f"two_{number}").encode()
        )
    work.git("apply", "--index", str(tmp_path / "mine.diff"))
    assert "better();" in (work.path / "fs/s/2.c").read_text()
    done = mkit.json("quilt", "import", folder)
    schemas.check(done, "quilt-import")
    assert done["patches"][1]["message_id"] == part_id("s", 2)
    assert done["patches"][1]["changed"] == ["message", "code"]


def test_what_was_changed_goes_into_a_branch(mkit: Mkit, work: Work, tmp_path: Path) -> None:
    mkit.configure(
        f"{CONFIG}\trepository = {work.path}\n"
        "[user]\n\tname = Robin Maintainer\n\temail = robin@lumen.example\n"
    )
    _, folder = exported(mkit, tmp_path)
    one = folder / "0002-s-step-2.patch"
    one.write_text(one.read_text().replace("two_2", "better").replace("Reason 2.", "Reason two."))
    (folder / "mine.diff").write_text(
        "Mine.\n\n--- x.orig/fs/s/3.c\n+++ x/fs/s/3.c\n" + HUNK.replace("two", "mine")
    )
    (folder / "series").write_text((folder / "series").read_text() + "mine.diff\n")
    refused = mkit.run("quilt", "import", folder, "--to", "topic", "--repo", work.path, code=1)
    assert "nobody knows its author" in refused.stderr
    head = "From: Robin Maintainer <robin@lumen.example>\nSubject: s: mine\n\n"
    (folder / "mine.diff").write_text(head + (folder / "mine.diff").read_text())
    before = work.git("rev-parse", "HEAD")
    words = ("quilt", "import", folder, "--to", "topic", "--repo", work.path, "--sign-off")
    tried = mkit.json(*words, "--dry-run")
    assert len(tried["applied"]) == 3 and "topic" not in work.git("branch")
    done = mkit.json(*words)
    schemas.check(done, "apply")
    ids = [one["message_id"] for one in done["applied"]]
    assert ids == [part_id("s", 1), part_id("s", 2), "mine.diff"]
    assert work.git("rev-parse", "HEAD", "topic") == f"{before}\n{done['new']}"
    said = work.git("log", "--format=%an: %s%n%b", "--reverse", "master..topic")
    assert said.count("Signed-off-by: Robin Maintainer <robin@lumen.example>") == 3
    assert "Ada Author: s: step 2\nReason two.\n" in said
    assert "Robin Maintainer: s: mine" in said
    assert "better();" in work.git("show", "topic:fs/s/2.c")
    assert "mine();" in work.git("show", "topic:fs/s/3.c")


def test_what_cannot_be_read_goes_into_no_branch(mkit: Mkit, work: Work, tmp_path: Path) -> None:
    _, folder = exported(mkit, tmp_path)
    (folder / "0001-s-step-1.patch").unlink()
    words = ("quilt", "import", folder, "--to", "topic", "--repo", work.path)
    assert "0001-s-step-1.patch cannot be read" in mkit.run(*words, code=1).stderr
    (folder / "series").write_text("# nothing\n")
    assert "has 0 patches" in mkit.run(*words, "--topic", part_id("s", 1), code=1).stderr
    for wrong in (("--onto", "HEAD"), ("--to", "x", "--changes")):
        mkit.run("quilt", "import", folder, *wrong, code=2)


def test_trailers_that_came_since_are_no_change(mkit: Mkit, tmp_path: Path) -> None:
    topic, folder = exported(mkit, tmp_path)
    mkit.bring(reply(part_id("s", 1), "Reviewed-by: Bo Reviewer <bo@shale.example>\n"))
    assert "2 kept" in mkit.run("quilt", "import", folder).stdout
    told = mkit.json("quilt", "export", topic, folder)
    schemas.check(told, "quilt-export")
    assert (told["written"], told["kept"]) == (["0001-s-step-1.patch"], [])
    assert "2 kept" in mkit.run("quilt", "import", folder).stdout


def test_an_export_brought_up_to_date_keeps_what_is_mine(mkit: Mkit, tmp_path: Path) -> None:
    topic, folder = exported(mkit, tmp_path)
    mine = folder / "0001-s-step-1.patch"
    mine.write_text(mine.read_text().replace("two_1", "mine"))
    series(mkit, revision=2, total=3, change="three")
    done = mkit.run("quilt", "export", topic, folder).stdout
    assert "kept: 0001-s-step-1.patch: you changed it" in done
    assert "mine();" in mine.read_text()
    assert "three_2();" in (folder / "0002-s-step-2.patch").read_text()
    assert names(folder)[2:] == ["0003-s-step-3.patch", "series"]
    back = mkit.json("quilt", "export", f"{topic}@v1", tmp_path / "first")
    assert (back["revision"], len(back["patches"])) == (1, 2)
    found = mkit.json("quilt", "import", tmp_path / "first")
    assert (found["revision"], [one["fate"] for one in found["patches"]]) == (1, ["kept"] * 2)


def test_another_folder_is_refused(mkit: Mkit, tmp_path: Path) -> None:
    topic, folder = exported(mkit, tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full/file").write_text("mine\n")
    refused = mkit.run("quilt", "export", topic, tmp_path / "full", code=1)
    assert "is not empty" in refused.stderr
    assert names(tmp_path / "full") == ["file"]
    mkit.bring(*posting("other", 1))
    other = mkit.topic(part_id("other", 1))["id"]
    assert "is an export of" in mkit.run("quilt", "export", other, folder, code=1).stderr
    mkit.bring(*posting("gap", 3)[:3])
    gap = mkit.topic(part_id("gap", 1))["id"]
    assert "has not arrived" in mkit.run("quilt", "export", gap, tmp_path / "gap", code=1).stderr
    assert not (tmp_path / "gap").exists()


def test_a_topic_is_found_by_what_its_patches_do(mkit: Mkit, tmp_path: Path) -> None:
    topic = series(mkit)
    folder = tmp_path / "q"
    folder.mkdir()
    (folder / "series").write_text("b.diff -p0\n")
    plain = edit("fs/s/2.c", new="two_2").split("\n", 2)[2].replace(" a/", " ").replace(" b/", " ")
    (folder / "b.diff").write_text(plain)
    done = mkit.json("quilt", "import", folder)
    assert (done["topic"], done["found_by"]) == (topic, "patch-id")
    fates = [(one["fate"], one["name"]) for one in done["patches"]]
    assert fates == [("dropped", None), ("changed", "b.diff")]
    (folder / "b.diff").write_text(plain.replace("two_2", "x"))
    assert "no topic has these" in mkit.run("quilt", "import", folder, code=1).stderr
    assert mkit.json("quilt", "import", folder, "--topic", topic)["found_by"] == "named"


def test_what_cannot_be_read_is_said(mkit: Mkit, tmp_path: Path) -> None:
    _, folder = exported(mkit, tmp_path)
    one = folder / "0001-s-step-1.patch"
    one.write_bytes(one.read_bytes().replace(b"\n", b"\r\n"))
    (folder / "words.patch").write_text("Subject: only words\n\nNo diff.\n")
    text = (folder / "series").read_text()
    more = "gone.patch\n+xen 0002-s-step-2.patch\nwords.patch\nback.patch -R\n\x1b[31m.patch\n"
    (folder / "series").write_bytes((text + more).replace("\n", "\r\n").encode())
    done = mkit.json("quilt", "import", folder)
    assert done["lacks"] == ["gone.patch", "back.patch", "\x1b[31m.patch"]
    said = "\n".join(done["problems"])
    for words in (
        "series has CRLF line ends",
        "0001-s-step-1.patch: CRLF line ends",
        "gone.patch: listed in line",
        "left out by its guard +xen",
        "words.patch: holds no diff",
        "back.patch: only quilt understands -R",
    ):
        assert words in said
    assert [one["fate"] for one in done["patches"]] == ["kept", "kept"]
    assert "\x1b" not in mkit.run("quilt", "import", folder).stdout


@pytest.mark.parametrize("name", ["../evil.patch", "/etc/passwd", "sub/../../evil.patch"])
def test_names_that_lead_out_are_refused(mkit: Mkit, tmp_path: Path, name: str) -> None:
    _, folder = exported(mkit, tmp_path)
    (tmp_path / "evil.patch").write_text(edit())
    (folder / "series").write_text(f"{name}\n")
    done = mkit.run("quilt", "import", folder, code=1)
    assert "which is not below it" in done.stderr
    assert done.stderr.count("\n") == 1


def test_links_that_lead_out_are_refused(mkit: Mkit, tmp_path: Path) -> None:
    topic, folder = exported(mkit, tmp_path)
    (tmp_path / "evil.patch").write_text(edit())
    one = folder / "0001-s-step-1.patch"
    one.unlink()
    one.symlink_to("../evil.patch")
    assert "leads out of it" in mkit.run("quilt", "import", folder, code=1).stderr
    done = mkit.json("quilt", "export", topic, folder)
    assert [one["name"] for one in done["kept"]] == ["0001-s-step-1.patch"]
    assert (tmp_path / "evil.patch").read_text() == edit()
    one.unlink()
    os.mkfifo(one)
    assert "is no plain file" in mkit.run("quilt", "import", folder, code=1).stderr


def test_a_hostile_mail_writes_only_safe_names(mkit: Mkit, tmp_path: Path) -> None:
    mkit.bring(
        patch(
            "[PATCH] ../../x: $(boom)\x07 -rf / |",
            text="Index: a\nFrom: me\n\nSigned-off-by: A <a@x.example>\n",
            sender='"Ev\x1bil" <a@x.example>',
            message_id="evil@made.example",
        ),
        mail("[PATCH 0/2] never", "x", message_id="cover@made.example"),
    )
    topic = mkit.topic("evil@made.example")["id"]
    mkit.run("quilt", "export", topic, tmp_path / "q")
    assert names(tmp_path / "q") == ["0001-x-boom-rf.patch", "series"]
    for one in (tmp_path / "q").iterdir():
        assert "\x1b" not in one.read_text() and "\x07" not in one.read_text()
    assert mkit.json("quilt", "import", tmp_path / "q")["patches"][0]["fate"] == "kept"


@pytest.mark.parametrize(("charset", "old"), [("iso-8859-1", b"b\xe9()"), ("utf-8", b"b()\r")])
def test_bytes_stay_as_they_are(
    mkit: Mkit, work: Work, tmp_path: Path, charset: str, old: bytes
) -> None:
    lines = b"".join(b"%d\n" % at for at in range(6))
    work.write("a.c", lines + old + b"\nend\n")
    before = work.commit("more\n")
    work.write("a.c", lines + old.replace(b"b", b"c") + b"\nend\n")
    after = work.commit("Change it\n\nWhy.\n\nSigned-off-by: Ada Author <ada@quarry.example>\n")
    diff = work.diff(before, after)
    head = (
        "From: Ada Author <ada@quarry.example>\nTo: l@x.example\nSubject: [PATCH] Change it\n"
        "Date: Mon, 05 Jan 2026 09:01:00 +0000\nMessage-ID: <bytes@made.example>\n"
        f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n\n"
    )
    text = "Caf\u00e9.\n---\n\n".encode(charset) + diff
    mkit.bring(head.encode() + encodebytes(text))
    mkit.run("quilt", "export", "bytes@made.example", tmp_path / "q")
    data = (tmp_path / "q/0001-Change-it.patch").read_bytes()
    assert data.endswith(diff)
    assert "Caf\u00e9.".encode() in data
    work.git("checkout", "--quiet", before)
    work.git("apply", "--index", str(tmp_path / "q/0001-Change-it.patch"))
    assert work.git("write-tree") == work.git("rev-parse", f"{after}^{{tree}}")
    assert mkit.json("quilt", "import", tmp_path / "q")["patches"][0]["fate"] == "kept"
