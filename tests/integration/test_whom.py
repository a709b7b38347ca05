# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit whom`` on a real repository: every kind of target, every form of output."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from maintainer_kit.adapters.git.checking.facts import GitFacts
from maintainer_kit.model.mail.person import Person
from maintainer_kit.wiring.project_maintainers import WorkTree, project_maintainers
from tests.cli import schemas
from tests.integration.driver import Json, Mkit
from tests.integration.repositories import Work

MAINTAINERS = """\
PEBBLE FILE SYSTEM
M:\tRobin Maintainer <robin@lumen.example>
M:\tOldname Ona <ona@old.example>
R:\tBo B. Reviewer <bo@shale.example>
L:\tpebblefs@lists.lumen.example
S:\tMaintained
T:\tgit git://git.lumen.example/pebble.git for-next
F:\tfs/pebble/
F:\tDocumentation/pebble*.yaml
K:\tpebble_magic

WICK
M:\tWanda <wanda@wick.example>
S:\tOrphan
F:\twick

THE REST
L:\tall@lists.lumen.example
S:\tMaintained
F:\t*
F:\t*/
"""
MAILMAP = "Ona New <ona@new.example> <ona@old.example>\n"
IGNORED = "# away\nQuiet Quentin <quentin@x.example>  # for good\n"
FIXED = """\
fs: x

Signed-off-by: Gil Guest <gil@x.example>
Reviewed-by: Quiet Quentin <quentin@x.example>
Tested-by: Hal Helper <hal@x.example>
"""
ROBIN = "Robin Maintainer <robin@lumen.example>"
ONA = "Ona New <ona@new.example>"
LIST = "pebblefs@lists.lumen.example"
BO = '"Bo B. Reviewer" <bo@shale.example>'
ALL = "all@lists.lumen.example"


@pytest.fixture
def work(tmp_path: Path) -> Work:
    made = Work(tmp_path / "tree")
    made.write("MAINTAINERS", MAINTAINERS)
    made.write(".mailmap", MAILMAP)
    made.write(".get_maintainer.ignore", IGNORED)
    made.write("Documentation/pebble.yaml", "maintainers:\n  - Fay Founder <fay@x.example>\n")
    made.write("fs/pebble/super.c", "one\n")
    made.write("lib/x.c", "one\n")
    made.write("wick/a.c", "one\n")
    made.commit(FIXED)
    return made


def change(work: Work, name: str, message: str = "pebble: change it") -> str:
    path = work.path / name
    work.write(name, (path.read_text() if path.exists() else "") + "more\n")
    return work.commit(message)


def ask(mkit: Mkit, work: Work, *args: str | Path, code: int = 0) -> Json:
    value = mkit.json("whom", "--repo", work.path, *args, code=code)
    schemas.check(value, "whom")
    return value


def who(value: Json) -> tuple[list[str], list[str]]:
    to, cc = ([one["mailbox"] for one in value[part]] for part in ("to", "cc"))
    return to, cc


def test_a_range_of_commits(mkit: Mkit, work: Work) -> None:
    change(work, "fs/pebble/super.c")
    value = ask(mkit, work, "HEAD^..")
    assert who(value) == ([ROBIN, ONA, LIST], [BO, ALL])
    assert value["paths"] == ["fs/pebble/super.c"]
    assert value["unmaintained"] == []
    first = value["to"][0]
    assert (first["section"], first["pattern"]) == ("PEBBLE FILE SYSTEM", "F: fs/pebble/")
    assert value["sections"][0]["trees"] == ["git git://git.lumen.example/pebble.git for-next"]


def test_the_forms_of_the_output(mkit: Mkit, work: Work) -> None:
    change(work, "fs/pebble/super.c")

    def said(*form: str) -> list[str]:
        return mkit.run("whom", "--repo", work.path, "HEAD", *form).stdout.splitlines()

    assert said("--to") == [ROBIN, ONA, LIST]
    assert said("--cc") == [BO, ALL]
    assert said("--to-cc") == [
        *(f"To: {one}" for one in (ROBIN, ONA, LIST)),
        *(f"Cc: {one}" for one in (BO, ALL)),
    ]
    assert said("--roles")[0] == f"{ROBIN} (maintainer:PEBBLE FILE SYSTEM)"
    assert said("--roles")[-1] == f"{ALL} (open list)"
    table = said()
    assert table[0].split("  ")[:2] == ["To", ROBIN]
    assert table[0].endswith("PEBBLE FILE SYSTEM: fs/pebble/super.c matches F: fs/pebble/")
    assert table[5].startswith("tree: git git://git.lumen.example/pebble.git for-next  PEBBLE")


def test_files_that_nobody_maintains_are_named(mkit: Mkit, work: Work) -> None:
    change(work, "lib/x.c")
    change(work, "wick/a.c")
    assert ask(mkit, work, "HEAD~2..")["unmaintained"] == ["lib/x.c", "wick/a.c"]
    lines = mkit.run("whom", "--repo", work.path, "HEAD~2..").stdout.splitlines()
    assert lines[-2:] == ["nobody maintains lib/x.c", "nobody maintains wick/a.c"]


def test_a_name_without_a_slash_that_is_a_folder(mkit: Mkit, work: Work) -> None:
    """``F: wick`` takes in what is below wick, and not wickets.c beside it."""
    work.write("wickets.c", "one\n")
    value = ask(mkit, work, "--file", "wick/a.c")
    assert value["to"][0]["mailbox"] == "Wanda <wanda@wick.example>"
    assert "Wanda" not in str(ask(mkit, work, "--file", "wickets.c")["to"])


def test_patch_files_and_standard_input(mkit: Mkit, work: Work, tmp_path: Path) -> None:
    change(work, "fs/pebble/super.c")
    work.git("format-patch", "-1", "-o", str(tmp_path / "out"))
    (patch,) = (tmp_path / "out").iterdir()
    expected = [ROBIN, ONA, LIST], [BO, ALL]
    assert who(ask(mkit, work, patch)) == expected
    piped = mkit.run("whom", "--repo", work.path, "-", "--to", stdin=patch.read_text())
    assert piped.stdout.splitlines() == expected[0]


def test_several_are_asked_about_together(mkit: Mkit, work: Work) -> None:
    change(work, "lib/x.c", "lib: x")
    assert who(ask(mkit, work, "HEAD")) == ([ALL], [])
    change(work, "fs/pebble/super.c")
    to, cc = who(ask(mkit, work, "HEAD~2.."))
    assert {*to, *cc} == {ROBIN, ONA, LIST, BO, ALL}


@pytest.mark.parametrize("thread", [[], ["--thread"]], ids=["files", "with a Message-ID"])
def test_a_lone_cover_letter_stands_for_its_series(
    mkit: Mkit, work: Work, tmp_path: Path, thread: list[str]
) -> None:
    start = work.git("rev-parse", "HEAD")
    change(work, "fs/pebble/super.c")
    change(work, "wick/a.c")
    out = str(tmp_path / "out")
    work.git("format-patch", "--cover-letter", *thread, start, "-o", out)
    time.sleep(1.1 if thread else 0)  # git makes the Message-ID of a cover letter of the second
    work.git("format-patch", "-v2", "--cover-letter", *thread, "HEAD^", "-o", out)
    first, second = (tmp_path / "out" / f"{mark}0000-cover-letter.patch" for mark in ("", "v2-"))
    assert ask(mkit, work, first)["paths"] == ["fs/pebble/super.c", "wick/a.c"]
    assert ask(mkit, work, second)["paths"] == ["wick/a.c"]
    alone = tmp_path / "alone"
    alone.mkdir()
    kept = first.rename(alone / first.name)
    done = mkit.run("whom", "--repo", work.path, kept, "--to")
    assert done.stdout == ""
    assert "a cover letter alone touches no file" in done.stderr


def test_words_in_the_patch_and_in_its_header(mkit: Mkit, work: Work, tmp_path: Path) -> None:
    change(work, "lib/x.c", "lib: use pebble_magic")
    cc = ask(mkit, work, "HEAD")["cc"]
    assert {one["reason"] for one in cc if one["pattern"] == "K: pebble_magic"} == {
        "the patch has what K: pebble_magic looks for"
    }
    change(work, "lib/x.c", "lib: x")
    assert ask(mkit, work, "HEAD")["cc"] == []
    work.git("format-patch", "-1", "--cc=pebble_magic@x.example", "-o", str(tmp_path / "out"))
    (patch,) = (tmp_path / "out").iterdir()
    assert LIST in who(ask(mkit, work, patch))[1]


def test_people_in_files_as_they_lie_there(mkit: Mkit, work: Work) -> None:
    change(work, "Documentation/pebble.yaml")
    roles = {one["person"]: one["role"] for one in ask(mkit, work, "HEAD")["cc"]}
    assert roles["Fay Founder <fay@x.example>"] == "in file"
    work.write("Documentation/pebble.yaml", "maintainers:\n  - Gus New <gus@x.example>\n")
    found = str(ask(mkit, work, "--file", "Documentation/pebble.yaml")["cc"])
    assert "gus@x.example" in found
    assert "fay@x.example" not in found


def test_signers_of_the_commit_that_is_mended(mkit: Mkit, work: Work) -> None:
    fixed = work.git("rev-parse", "HEAD")
    change(work, "fs/pebble/super.c", f'pebble: mend it\n\nFixes: {fixed[:12]} ("fs: x")')
    cc = ask(mkit, work, "HEAD")["cc"]
    blamed = {one["person"]: one["role"] for one in cc if one["section"] is None}
    assert blamed == {"Gil Guest <gil@x.example>": "blamed_fixes"}
    change(work, "fs/pebble/super.c", 'pebble: mend it\n\nFixes: 0123456789ab ("fs: x")')
    assert all(one["section"] for one in ask(mkit, work, "HEAD")["cc"])


def test_signers_of_a_commit(work: Work) -> None:
    commit = work.git("rev-parse", "HEAD")
    with GitFacts(work.path) as facts:
        assert facts.signers(commit[:10]) == (
            Person("Gil Guest", "gil@x.example"),
            Person("Quiet Quentin", "quentin@x.example"),
        )
        assert facts.signers("0123456789ab") == facts.signers("; rm -rf") == ()


def test_a_bare_repository(mkit: Mkit, work: Work, tmp_path: Path) -> None:
    bare = tmp_path / "bare.git"
    work.git("clone", "--quiet", "--bare", str(work.path), str(bare))
    for target in (["HEAD"], ["--file", "fs/pebble"]):
        value = mkit.json("whom", "--repo", bare, *target)
        assert ROBIN in who(value)[0]
    with GitFacts(bare) as facts:
        assert facts.is_folder("wick")
        assert not facts.is_folder("wick/a.c")
        found = project_maintainers(facts)
        assert found is not None
        assert [str(one) for one in found.ignored] == ["Quiet Quentin <quentin@x.example>"]


def test_nothing_outside_of_the_tree_is_read(work: Work, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("Sue Secret <sue@x.example>\n")
    with GitFacts(work.path) as facts:
        tree = WorkTree(facts)
        assert tree.read_file("Documentation/pebble.yaml")
        assert tree.read_file("../secret.yaml") is None
        assert tree.read_file(str(tmp_path / "secret.yaml")) is None
        assert tree.read_file("Documentation/../../secret.yaml") is None


def test_files_named_from_a_folder_of_the_tree(mkit: Mkit, work: Work, tmp_path: Path) -> None:
    def said(folder: Path, *names: str) -> subprocess.CompletedProcess[str]:
        argv = mkit.argv("whom", "--roles", "--file", *names)
        return subprocess.run(
            argv, cwd=folder, env=mkit.env, capture_output=True, text=True, check=False, timeout=60
        )

    below = work.path / "fs" / "pebble"
    assert "PEBBLE" in said(below, "super.c").stdout
    assert "PEBBLE" in said(below, "../pebble").stdout
    link = tmp_path / "link"
    link.symlink_to(below)
    assert "PEBBLE" in said(work.path, str(link / "super.c")).stdout
    done = said(work.path, "../secret.yaml")
    assert done.returncode == 1
    assert "is not in" in done.stderr


def test_what_cannot_be_read_is_said_and_the_rest_is_answered(
    mkit: Mkit, work: Work, tmp_path: Path
) -> None:
    change(work, "fs/pebble/super.c")
    (tmp_path / "letter").write_text("From: a@b.example\nSubject: hello\n\nno patch\n")
    value = ask(mkit, work, "HEAD", tmp_path / "letter", "no..such", code=1)
    assert who(value)[0] == [ROBIN, ONA, LIST]
    assert len(value["unread"]) == 2
    done = mkit.run("whom", "--repo", work.path, tmp_path / "letter", code=2)
    assert done.stderr == f"mkit: {tmp_path / 'letter'}: changes no file: it is no patch\n"
    assert ask(mkit, work, "--file", "fs/lost.c", code=2)["unread"]


def test_without_maintainers_or_a_repository(mkit: Mkit, work: Work, tmp_path: Path) -> None:
    (work.path / "MAINTAINERS").unlink()
    for place, words in ((work.path, "no MAINTAINERS"), (tmp_path / "user", "no git repository")):
        (tmp_path / "user").mkdir(exist_ok=True)
        error = mkit.json("whom", "--repo", place, "HEAD", code=1)
        schemas.check(error, "error")
        assert words in error["error"]["message"]


def test_hostile_maintainers_and_names(mkit: Mkit, work: Work) -> None:
    hostile = "M:\tEve\x1b[2J\u202e <eve@x.example>\nS:\tMain\x07tained\nF:\tlib/\n"
    work.write("MAINTAINERS", "LIB\x1b[31m\n" + hostile)
    change(work, "lib/\x1b[2J.c")
    for form in ("--to", "--cc", "--to-cc", "--roles", "--json"):
        said = mkit.run("whom", "--repo", work.path, "HEAD", form).stdout
        assert not {"\x1b", "\u202e", "\x07"} & set(said)


def test_a_topic_of_the_index(sample: Mkit, work: Work) -> None:
    topic = next(
        one for one in sample.json("list", "--all")["topics"] if "pebblefs" in str(one["lists"])
    )
    value = ask(sample, work, topic["id"])
    assert value["paths"]
    assert value == ask(sample, work, topic["message_id"])


def test_git_send_email_asks_it(mkit: Mkit, work: Work, tmp_path: Path) -> None:
    """As toCmd and ccCmd of the real git, the cover letter included; nothing is sent."""
    if not (Path(work.git("--exec-path")) / "git-send-email").exists():
        if os.environ.get("CI") == "true":
            pytest.fail("git send-email is missing")
        pytest.skip("git send-email is missing")
    start = work.git("rev-parse", "HEAD")
    change(work, "fs/pebble/super.c")
    change(work, "wick/a.c")
    work.git("format-patch", "--cover-letter", start, "-o", str(tmp_path / "out"))
    command = " ".join(mkit.argv("whom", "--repo", work.path))
    argv = ["git", "send-email", "--dry-run", "--confirm=never", "--suppress-cc=self"]
    argv += [f"--to-cmd={command} --to", f"--cc-cmd={command} --cc", "--from=ada@quarry.example"]
    env = {**mkit.env, "GIT_AUTHOR_EMAIL": "ada@quarry.example", "EMAIL": "ada@quarry.example"}
    files = sorted(str(one) for one in (tmp_path / "out").iterdir())
    done = subprocess.run(
        [*argv, "--force", *files],
        cwd=work.path, env=env, capture_output=True, text=True, check=False, timeout=100,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    cover, first, second = (
        part.partition("\n\n")[0] for part in done.stdout.split("Result: OK")[:3]
    )
    assert "robin@lumen.example" in cover
    assert "wanda@wick.example" in cover
    assert "wanda@wick.example" not in first
    assert "robin@lumen.example" not in second
