# SPDX-License-Identifier: GPL-2.0-or-later
"""``git commit`` with mkit's hooks: bad messages are refused and kept, good ones go through."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.driver import Mkit
from tests.integration.hooked import BAD, GOOD, SIGNED, WARNED, Hooked


@pytest.fixture
def work(mkit: Mkit) -> Hooked:
    made = Hooked(mkit)
    made.hooks_verb("install")
    return made


def editor(work: Hooked, script: str) -> str:
    """An editor that is a shell script; ``$1`` is the file."""
    path = work.base / "editor"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def test_a_good_message_goes_through_without_a_word(work: Hooked) -> None:
    done = work.commit(GOOD)
    assert (done.code, done.stdout, done.stderr) == (0, "", "")
    assert work.titles()[0] == "pebble: report I/O errors"


def test_a_bad_message_is_refused_shown_and_kept(work: Hooked) -> None:
    done = work.commit(BAD)
    assert done.code == 1
    assert done.stdout == ""
    assert ".git/COMMIT_EDITMSG:5: error: " in done.stderr
    assert "MKIT_HOOKS=off" in done.stderr
    assert work.titles() == ["Lumen 6.0"]
    command = next(line for line in done.stderr.splitlines() if "is kept" in line)
    assert "git commit --edit --file=.git/COMMIT_EDITMSG" in command
    mending = editor(work, 'grep -v "^[-+@d]" "$1" >"$1.new" && mv "$1.new" "$1"')
    work.git("commit", "--edit", "--file=.git/COMMIT_EDITMSG", GIT_EDITOR=mending)
    assert work.titles()[0] == "pebble: report I/O errors"


def test_what_verbose_has_shown_is_not_kept_as_text(work: Hooked) -> None:
    work.change()
    script = f'printf \'%s\' \'{BAD}\' >"$1.new"; cat "$1" >>"$1.new"; mv "$1.new" "$1"'
    done = work.end_of("git", "commit", "--verbose", GIT_EDITOR=editor(work, script))
    assert done.code == 1
    command = "git commit --verbose --edit --file=.git/COMMIT_EDITMSG"
    assert f"is kept: {command} (" in done.stderr
    mending = editor(work, "sed -i '/^diff --git/,/^+two/d' \"$1\"")
    work.git(*command.split()[1:], GIT_EDITOR=mending, MKIT_HOOKS="off")
    assert "dir.c" not in work.said("log", "-1", "--format=%B")


def test_a_warning_is_printed_and_blocks_nothing(work: Hooked) -> None:
    done = work.commit(WARNED)
    assert done.code == 0
    assert "[subject-full-stop]" in done.stderr
    assert len(work.titles()) == 2


def test_the_message_of_an_option_and_of_amend_are_checked(work: Hooked) -> None:
    work.change()
    assert work.end_of("git", "commit", "-m", BAD).code == 1
    assert work.end_of("git", "commit", "--quiet", "-m", GOOD).code == 0
    assert work.end_of("git", "commit", "--amend", "-m", BAD).code == 1
    assert work.said("log", "-1", "--format=%B").strip() == GOOD.strip()
    assert work.end_of("git", "commit", "--amend", "-m", GOOD + "Cc: x@y.example\n").code == 0


def test_off_for_one_run(work: Hooked) -> None:
    assert work.commit(BAD, force=True).code == 0
    assert work.commit(BAD, "--no-verify").code == 0
    assert work.commit(BAD).code == 1


def test_merges_and_what_a_rebase_will_fold_are_let_be(work: Hooked) -> None:
    work.git("checkout", "--quiet", "-b", "topic")
    assert work.commit("fixup! Lumen 6.0\n", name="a.c").code == 0
    assert work.commit("squash! Lumen 6.0\n\nMore.\n", name="a.c").code == 0
    work.git("checkout", "--quiet", "master")
    work.commit(GOOD, name="b.c")
    body = BAD.partition("\n\n")[2]
    message = f"Merge branch 'topic'\n\n{body}"
    merged = work.end_of("git", "merge", "--quiet", "--no-ff", "-m", message, "topic")
    assert merged.code == 0, merged.stderr
    assert work.said("log", "-1", "--format=%P").count(" ") == 1


def test_comments_and_what_is_below_the_scissors_are_no_message(work: Hooked) -> None:
    work.git("config", "core.commentChar", ";")
    work.change()
    script = f'printf \'%s\' \'{GOOD}\' >"$1.new"; cat "$1" >>"$1.new"; mv "$1.new" "$1"'
    # --verbose shows the diff below the scissors: as a part of the message it would be an error.
    work.git("commit", "--verbose", "--quiet", GIT_EDITOR=editor(work, script))
    assert work.said("log", "-1", "--format=%B").strip() == GOOD.strip()


def test_the_profile_of_the_repository_counts(work: Hooked) -> None:
    (work.path / ".mkit.toml").write_text('profile = "kernel"\n')
    unsigned = GOOD.replace(SIGNED, "").rstrip() + "\n"
    refused = work.commit(unsigned)
    assert refused.code == 1
    assert "[signoff-missing]" in refused.stderr
    assert work.commit(unsigned, "--signoff").code == 0


def test_what_mkit_cannot_do_blocks_no_commit(work: Hooked) -> None:
    (work.path / ".mkit.toml").write_text("profile = \n")
    done = work.commit(BAD)
    assert done.code == 0
    assert "commit-msg: not checked: .mkit.toml" in done.stderr


def test_a_sub_folder_a_commit_of_one_file_and_hostile_bytes(work: Hooked) -> None:
    work.change("deep/down/x.c")
    at = work.path / "deep"
    assert work.end_of("git", "commit", "-m", BAD, "down/x.c", at=at).code == 1
    work.git("config", "i18n.commitEncoding", "ISO-8859-1")
    message = work.base / "message"
    message.write_bytes(GOOD.encode().replace(b"users", b"\xff\x1b[31m\xfe"))
    done = work.end_of("git", "commit", "--quiet", f"--file={message}")
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stderr


def prepared(work: Hooked, *options: str) -> str:
    """What the editor of git commit is given."""
    seen = work.base / "seen"
    seen.unlink(missing_ok=True)
    work.end_of("git", "commit", *options, GIT_EDITOR=editor(work, f'cp "$1" {seen}; exit 1'))
    return seen.read_text() if seen.exists() else ""


def test_an_empty_message_is_met_with_questions_in_comments(work: Hooked) -> None:
    for number in range(4):
        work.commit(GOOD.replace("errors", f"error {number}"), name="fs/dir.c", force=True)
    work.change("fs/dir.c")
    text = prepared(work)
    lines = text.splitlines()
    assert lines[0] == ""
    assert all(line.startswith("#") for line in lines[1:] if line)
    assert "# pebble: what it does" in text
    assert "(4 of the last 4 commits to these files say pebble:)" in text
    for word in ("broken", "comes of it", "this changes", "tried"):
        assert text.index(word) < text.index("# Please enter the commit message"), word
    assert "Signed-off-by" not in text


def test_questions_are_no_message(work: Hooked) -> None:
    work.change()
    done = work.end_of("git", "commit", GIT_EDITOR="true")
    assert done.code == 1
    assert "empty commit message" in done.stderr


def test_a_sign_off_stays_above_the_questions_and_the_comment_sign_counts(work: Hooked) -> None:
    work.git("config", "core.commentChar", ";")
    work.change()
    lines = prepared(work, "--signoff").splitlines()
    assert lines[:2] == ["", ""]
    assert lines[2] == SIGNED
    assert all(line.startswith(";") for line in lines[3:] if line)
    assert any("How it was tried" in line for line in lines)


@pytest.mark.parametrize(
    "options",
    [("-m", "pebble: x", "--edit"), ("--amend",), ("--cleanup=scissors",), ("-c", "HEAD")],
    ids=" ".join,
)
def test_no_questions_where_there_are_words_or_comments_stay(
    work: Hooked, options: tuple[str, ...]
) -> None:
    work.change()
    if "--cleanup=scissors" in options:
        work.git("config", "commit.cleanup", "scissors")
    text = prepared(work, *options)
    assert text
    assert "How it was tried" not in text


def test_no_questions_about_a_template_or_a_merge(work: Hooked) -> None:
    template = work.base / "template"
    template.write_text("area: title\n")
    work.change()
    text = prepared(work, f"--template={template}")
    assert text.startswith("area: title")
    assert "How it was tried" not in text
    work.commit(GOOD, force=True)
    work.git("checkout", "--quiet", "-b", "topic", "HEAD~1")
    work.commit(GOOD, name="c.c", force=True)
    seen = work.base / "merge"
    work.git("merge", "--no-ff", "--edit", "master", GIT_EDITOR=editor(work, f'cp "$1" {seen}'))
    assert "How it was tried" not in seen.read_text()


def test_bad_calls_of_the_hook(work: Hooked, tmp_path: Path) -> None:
    absent = work.end_of("mkit", "hooks", "run", "commit-msg", tmp_path / "absent")
    assert absent.code == 2
    assert "not checked" in absent.stderr
    assert work.end_of("mkit", "hooks", "run", "commit-msg").code == 2
    assert work.end_of("mkit", "hooks", "run", "post-commit").code == 2
    outside = work.end_of("mkit", "hooks", "run", "commit-msg", "x", at=work.base)
    assert outside.code == 2
    assert "no git repository" in outside.stderr
