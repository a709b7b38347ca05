# SPDX-License-Identifier: GPL-2.0-or-later
"""The real ``git send-email`` to an SMTP server of the test, with mkit's hook.

The series is looked at as a whole only by git 2.41 and later; whichever git is here, the hook is
also called as such a git calls it.
"""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.driver import Done, Mkit
from tests.integration.hooked import BAD, GOOD, Hooked
from tests.integration.smtp_sink import Sink, smtp_sink

LIST = "pebblefs@lists.lumen.example"
# What git-send-email.perl does before it sends anything, since git 2.41.
DRIVER = """
import os, subprocess, sys
from pathlib import Path
folder, pause, *files = sys.argv[1:]
for at, name in enumerate(files, 1):
    header = Path(folder) / f"header.{at}"
    head = Path(name).read_text().partition("\\n\\n")[0].split("\\n", 1)[1]
    head = f"To: pebblefs@lists.lumen.example\\nMessage-ID: <{at}@quarry.example>\\n{head}\\n"
    header.write_text(head)
    counted = {"COUNTER": str(at), "TOTAL": str(len(files))}
    env = os.environ | {f"GIT_SENDEMAIL_FILE_{name}": number for name, number in counted.items()}
    argv = ["git", "hook", "run", "--ignore-missing", "sendemail-validate", "--", name, str(header)]
    done = subprocess.run(argv, env=env)
    header.unlink()
    if done.returncode:
        sys.exit(f"file {at}: rejected")
    if pause != "-":
        print(at, flush=True)
        sys.stdin.readline()
"""


@pytest.fixture
def work(mkit: Mkit) -> Hooked:
    made = Hooked(mkit)
    made.hooks_verb("install", "sendemail-validate")
    return made


@pytest.fixture
def sink() -> Iterator[Sink]:
    with smtp_sink() as made:
        yield made


def send(work: Hooked, sink: Sink, *patches: Path, **extra: str) -> Done:
    if work.end_of("git", "send-email", "--dump-aliases").code == 1:
        pytest.skip("git send-email is not installed")
    argv = (
        "git",
        "send-email",
        "--quiet",
        "--confirm=never",
        f"--to={LIST}",
        "--smtp-server=127.0.0.1",
        f"--smtp-server-port={sink.port}",
        "--smtp-encryption=none",
        "--smtp-domain=quarry.example",
    )
    return work.end_of(*argv, *patches, env=extra)


def series(work: Hooked, *messages: str, name: str = "out", cover: bool = True) -> list[Path]:
    """Commit each message, and write the series as patch files."""
    since = work.said("rev-parse", "HEAD")
    for message in messages:
        work.commit(message, force=True)
    options = ("--cover-letter",) if cover else ()
    work.git("format-patch", "--quiet", *options, "-o", work.base / name, f"{since}..")
    paths = sorted((work.base / name).iterdir())
    if cover:
        text = paths[0].read_text().replace("*** SUBJECT HERE ***", "pebble: tell of errors")
        paths[0].write_text(text.replace("*** BLURB HERE ***", "Users see nothing of them."))
    return paths


def titled(*titles: str) -> list[str]:
    return [GOOD.replace("report I/O errors", title) for title in titles]


def test_a_good_series_arrives_whole(work: Hooked, sink: Sink) -> None:
    paths = series(work, *titled("report errors", "count errors"))
    done = send(work, sink, *paths)
    assert done.code == 0, done.stderr
    assert sink.subjects == [
        "[PATCH 0/2] pebble: tell of errors",
        "[PATCH 1/2] pebble: report errors",
        "[PATCH 2/2] pebble: count errors",
    ]
    assert all(one["To"] == LIST for one in sink.mails)


def test_a_bad_last_patch_stops_all_before_any_mail(work: Hooked, sink: Sink) -> None:
    paths = series(work, *titled("report errors"), BAD)
    done = send(work, sink, *paths)
    assert done.code != 0
    assert "[body-diff]" in done.stderr
    assert "no patches were sent" in done.stderr
    assert sink.raw == []
    done = send(work, sink, *paths, MKIT_HOOKS="off")
    assert done.code == 0, done.stderr
    assert len(sink.raw) == 3


def test_a_cover_letter_that_was_not_written_stops_all(work: Hooked, sink: Sink) -> None:
    paths = series(work, *titled("report errors"))
    paths[0].write_text(
        paths[0].read_text().replace("Users see nothing of them.", "*** BLURB HERE ***")
    )
    assert "[placeholder-text]" in send(work, sink, *paths).stderr
    assert sink.raw == []


def test_the_hook_before_comes_first_and_a_linked_work_tree_works(work: Hooked, sink: Sink) -> None:
    work.hooks_verb("remove")
    work.foreign("sendemail-validate", 'echo "before: ${1##*/}" >&2')
    work.hooks_verb("install", "sendemail-validate")
    paths = series(work, BAD, cover=False)
    linked = work.base / "linked"
    work.git("worktree", "add", "--quiet", linked)
    assert send(work, sink, *paths).code != 0
    argv = ("git", "send-email", "--to=x@y.example", "--smtp-server=/bin/false", paths[0])
    done = work.end_of(*argv, at=linked)
    assert "before: 0001-" in done.stderr
    assert "[body-diff]" in done.stderr


def test_mail_that_is_no_patch_goes_through(work: Hooked, sink: Sink) -> None:
    mail = work.base / "announcement"
    mail.write_text("Subject: Lumen 6.1 is out\n\nGet it.\n")
    assert send(work, sink, mail).code == 0
    assert sink.subjects == ["Lumen 6.1 is out"]


def as_newer_git(work: Hooked, *files: Path) -> Done:
    """Call the hook as git >= 2.41 does for these files."""
    folder = work.base / "headers"
    folder.mkdir(exist_ok=True)
    return work.end_of(sys.executable, driver(work), folder, "-", *files)


def driver(work: Hooked) -> Path:
    path = work.base / "git-send-email"
    path.write_text(textwrap.dedent(DRIVER))
    return path


def left(work: Hooked) -> list[Path]:
    return list((work.path / ".git" / "mkit").glob("*"))


def test_rules_on_series_speak_at_the_last_file(work: Hooked) -> None:
    paths = series(work, *titled("report errors", "count errors", "show errors"))
    done = as_newer_git(work, *paths)
    assert (done.code, done.stderr) == (0, "")
    assert left(work) == []
    # A patch is missing in the middle: only all files together tell so.
    done = as_newer_git(work, paths[0], paths[1], paths[3])
    assert done.stderr.endswith("file 3: rejected\n")
    assert "[series-numbering]" in done.stderr
    assert left(work) == []


def test_all_findings_are_told_at_once(work: Hooked) -> None:
    paths = series(work, BAD, *titled("count errors"), BAD)
    done = as_newer_git(work, *paths)
    assert done.stderr.endswith("file 4: rejected\n")
    assert done.stderr.count("[body-diff]") == 2


def test_the_base_is_what_the_patches_were_made_on(work: Hooked) -> None:
    paths = series(work, GOOD, cover=False)
    text = paths[0].read_text()
    assert as_newer_git(work, *paths).stderr == ""
    paths[0].write_text(text.replace(" dir.c 0\n", " dir.c of another tree\n"))
    assert "[patch-does-not-apply]" in as_newer_git(work, *paths).stderr
    # Made in a repository that nobody here knows.
    paths[0].write_text(text.replace("From ", "From 0123", 1)[:44] + text[40:])
    done = as_newer_git(work, *paths)
    assert done.code == 0, done.stderr
    assert "not checked" not in done.stderr


def test_recipients_are_those_of_the_header(work: Hooked) -> None:
    (work.path / ".mkit.toml").write_text('profile = "kernel"\n')
    maintainers = "Maintainers\n\nPEBBLE\nM:\tRobin <robin@lumen.example>\n"
    (work.path / "MAINTAINERS").write_text(f"{maintainers}L:\t{LIST}\nS:\tMaintained\nF:\t*\n")
    paths = series(work, GOOD, cover=False)
    done = as_newer_git(work, *paths)
    assert done.code == 0, done.stderr
    assert "robin@lumen.example" in done.stderr
    assert "[missing-maintainer]" in done.stderr
    assert "[missing-list]" not in done.stderr


def test_two_runs_at_once_do_not_mix(work: Hooked) -> None:
    good = series(work, *titled("report errors", "count errors"), name="good")
    bad = series(work, *titled("show errors", "name errors"), name="bad", cover=False)
    path, env = driver(work), work.mkit.env
    runs = []
    for name, files in (("a", good), ("b", [bad[0], bad[0], bad[1]])):
        folder = work.base / name
        folder.mkdir()
        argv = [sys.executable, str(path), str(folder), "pause", *map(str, files)]
        runs.append(
            subprocess.Popen(
                argv,
                cwd=work.path,
                env=env,
                text=True,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        )
    for at in (1, 2):
        for run in runs:
            assert run.stdout is not None
            assert run.stdout.readline() == f"{at}\n"
        assert len(left(work)) == 2
        for run in runs:
            assert run.stdin is not None
            run.stdin.write("\n")
            run.stdin.flush()
    (_, fine), (_, wrong) = (run.communicate("\n", timeout=60) for run in runs)
    assert (runs[0].returncode, fine) == (0, "")
    assert runs[1].returncode != 0
    assert "[series-numbering]" in wrong
    assert left(work) == []


def test_a_run_that_was_interrupted_leaves_nothing_behind_for_the_next(work: Hooked) -> None:
    paths = series(work, *titled("report errors", "count errors"))
    told = {"GIT_SENDEMAIL_FILE_COUNTER": "2", "GIT_SENDEMAIL_FILE_TOTAL": "2"}
    done = work.end_of("git", "hook", "run", "sendemail-validate", "--", paths[1], env=told)
    assert "only 1 of 2 files were seen" in done.stderr
    assert done.code == 0
    assert left(work) == []


def test_what_cannot_be_read_is_not_sent(work: Hooked) -> None:
    done = work.end_of("git", "hook", "run", "sendemail-validate", "--", work.base / "absent")
    assert done.code != 0
    assert "not checked" in done.stderr
    assert re.search(r"No such file", done.stderr)
