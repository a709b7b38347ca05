# SPDX-License-Identifier: GPL-2.0-or-later
"""Suggested diffs in replies: at their lines, and whole again for git apply."""

from __future__ import annotations

import difflib
import random
import subprocess
from pathlib import Path

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.reply.answered import Answered
from maintainer_kit.model.reply.compose import compose
from maintainer_kit.model.reply.draft import Draft, Note, id_of
from maintainer_kit.model.reply.suggestion import (
    CLOSES,
    OPENS,
    fenced,
    joined,
    split_fences,
    suggested_notes,
)

WORDS = "Make it better.\n\nSigned-off-by: Ada <a@x.example>\n---\n a.c | 4 ++--\n\n"


def git_diff(name: str, old: list[str], new: list[str]) -> str:
    body = "".join(difflib.unified_diff(old, new, f"a/{name}", f"b/{name}", n=3))
    return f"diff --git a/{name} b/{name}\nindex 1111111..2222222 100644\n{body}" if body else ""


def lines(*words: str) -> list[str]:
    return [f"{one}\n" for one in words]


BASE = lines(*(f"line {at}" for at in range(1, 41)))
POSTED = [*BASE[:9], "ten\n", *BASE[10:29], "thirty\n", *BASE[30:]]
MAIL = WORDS + git_diff("a.c", BASE, POSTED) + "-- \n2.39.5\n"


def reply(notes: list[Note], mail: str = MAIL) -> str:
    ada = Person("Ada Author", "ada@x.example")
    answered = Answered("m@x", ada, "", "[PATCH] a", (), (), (), (), (), mail, is_head=True)
    draft = Draft(id_of("m@x"), "m@x", "r@x", (), (), "Re: a", (), 0, 0, notes=tuple(notes))
    return compose(draft, answered)


def applied(folder: Path, files: dict[str, list[str]], text: str) -> dict[str, str]:
    """What git apply makes of files, given a whole reply."""
    for name, content in files.items():
        (folder / name).write_text("".join(content))
    argv = ["git", "apply", "--whitespace=nowarn", "-"]
    done = subprocess.run(argv, input=text.encode(), cwd=folder, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode() + text
    return {one.name: one.read_text() for one in folder.iterdir() if one.is_file()}


def test_each_hunk_stands_below_the_line_that_it_changes(tmp_path: Path) -> None:
    mine = [*POSTED[:9], "TEN\n", "and more\n", *POSTED[10:29], "THIRTY\n", *POSTED[30:]]
    notes = suggested_notes(MAIL, git_diff("a.c", POSTED, mine))
    shown = MAIL.split("\n")
    assert [shown[one.line - 1] for one in notes] == ["+ten", "+thirty"]
    text = reply(notes)
    first, second = text.split(OPENS)[1:]
    assert "> +ten\n\n" in text and text.index("> +ten") < text.index(OPENS)
    assert "@@ -7,7 +7,8 @@" in first
    assert "@@ -28,7 +28,7 @@" in second  # one line was added above it by then
    assert first.count("diff --git") == second.count("diff --git") == 1
    assert "index" not in text.split(OPENS)[1]
    assert applied(tmp_path, {"a.c": POSTED}, text)["a.c"] == "".join(mine)


def test_one_suggestion_alone_applies_too(tmp_path: Path) -> None:
    mine = [*POSTED[:9], "TEN\n", "and more\n", *POSTED[10:29], "THIRTY\n", *POSTED[30:]]
    second = suggested_notes(MAIL, git_diff("a.c", POSTED, mine))[1]
    found = applied(tmp_path, {"a.c": POSTED}, second.text)["a.c"]
    assert found == "".join([*POSTED[:29], "THIRTY\n", *POSTED[30:]])


def test_other_files_are_spoken_of_below_the_first_words(tmp_path: Path) -> None:
    diff = (
        git_diff("b.c", BASE, ["0\n", *BASE])
        + "diff --git a/new.c b/new.c\nnew file mode 100755\nindex 0000000..1111111\n"
        "--- /dev/null\n+++ b/new.c\n@@ -0,0 +1,2 @@\n+one\n+two\n\\ No newline at end of file\n"
    )
    (note,) = suggested_notes(MAIL, diff)
    assert MAIL.split("\n")[note.line - 1] == "Make it better."
    found = applied(tmp_path, {"b.c": BASE}, reply([note]))
    assert (found["b.c"], found["new.c"]) == ("".join(["0\n", *BASE]), "one\ntwo")
    assert (tmp_path / "new.c").stat().st_mode & 0o100


def test_far_from_the_patch_is_below_what_is_nearest(tmp_path: Path) -> None:
    mine = [*POSTED[:38], "changed\n", *POSTED[39:]]
    (note,) = suggested_notes(MAIL, git_diff("a.c", POSTED, mine))
    assert MAIL.split("\n")[note.line - 1] == " line 33"
    assert applied(tmp_path, {"a.c": POSTED}, reply([note]))["a.c"] == "".join(mine)


def test_blank_lines_and_ends_of_files_survive(tmp_path: Path) -> None:
    old = lines("a", "", "", "x", "", "", "")
    posted = lines("a", "", "", "y", "", "", "")
    mail = WORDS + git_diff("a.c", old, posted)
    for at, mine in enumerate(
        (lines("a", "", "", "z", "", "", ""), lines("a", "", "", "y", "", "", "", "end"))
    ):
        folder = tmp_path / str(at)
        folder.mkdir()
        text = reply(suggested_notes(mail, git_diff("a.c", posted, mine)), mail)
        # What mailers and editors do to blanks at the ends of lines.
        bare = "\n".join(line if line[:1] == ">" else line.rstrip() for line in text.split("\n"))
        assert applied(folder, {"a.c": posted}, bare)["a.c"] == "".join(mine)


def test_whatever_was_changed_applies(tmp_path: Path) -> None:
    dice = random.Random(7)
    for at in range(25):
        base = [f"{dice.choice('abc')}{dice.choice(['', ' ', 'x'])}\n" for _ in range(30)]
        posted, mine = list(base), list[str]()
        for _ in range(dice.randint(1, 4)):
            posted[dice.randrange(30)] = f"posted {dice.randrange(3)}\n"
        mine = list(posted)
        for _ in range(dice.randint(1, 6)):
            place = dice.randrange(len(mine))
            mine[place : place + dice.randint(0, 2)] = ["> mine\n"] * dice.randint(0, 2)
        diff = git_diff("a.c", posted, mine)
        if not mine or not diff:
            continue
        mail = WORDS + git_diff("a.c", base, posted)
        folder = tmp_path / str(at)
        folder.mkdir()
        text = reply(suggested_notes(mail, diff), mail)
        assert applied(folder, {"a.c": posted}, text)["a.c"] == "".join(mine)


def test_fences_are_found_in_ones_own_words_only() -> None:
    diff = ["diff --git a/x b/x", "--- a/x", "+++ b/x", "@@ -1 +1 @@", "-a", "+b"]
    text = f"Why?\n\n{fenced(diff)}\n\nThanks."
    words, diffs = split_fences(text)
    assert words == "Why?\n\n\nThanks."
    assert diffs == ["\n".join(diff) + "\n"]
    quoted = "\n".join(f"> {line}" for line in text.split("\n"))
    assert split_fences(quoted) == (quoted, [])
    assert split_fences(f"{OPENS}\nnever closed") == (f"{OPENS}\nnever closed", [])
    assert split_fences(f"{OPENS}\r\n-a\n{CLOSES} ")[1] == ["-a\n"]


def test_comments_stand_above_suggestions_of_their_line() -> None:
    made = joined({3: "Why?", 5: " "}, [Note(3, "A"), Note(1, "B")])
    assert made == (Note(1, "B"), Note(3, "Why?\n\nA"))
