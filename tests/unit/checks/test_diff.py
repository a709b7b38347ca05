# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about the diff: what they must find, what they must leave alone, and their fixes."""

from __future__ import annotations

import pytest

from maintainer_kit.adapters.git.checking.facts import GitFacts
from maintainer_kit.checks.engine import NO_CONTEXT, Context, check_series
from maintainer_kit.checks.example import COVER, DIFF, GOOD, Example
from maintainer_kit.checks.finding import Finding, Severity
from maintainer_kit.checks.mending import mend
from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.rule import Rule
from maintainer_kit.checks.rules import diff, mail
from maintainer_kit.checks.series import Series
from maintainer_kit.model.maintainers.maintainers import read_maintainers
from tests.unit.checks.bench import PLAIN, findings, read_example, series_of

RULES = tuple(one for one in vars(diff).values() if isinstance(one, Rule) and not one.needs)
NEW = """\
diff --git a/x.c b/x.c
new file mode 100644
index 0000000..9c8e5f0
--- /dev/null
+++ b/x.c
"""


def said(example: Example, rule: Rule, context: Context = NO_CONTEXT) -> list[str]:
    return [one.message for one in findings(example, [rule], PLAIN, context)]


def mended(example: Example, rule: Rule) -> Patch:
    """After the fix; the rule is silent then."""

    def find(patch: Patch) -> list[Finding]:
        return check_series(Series((patch,)), [rule], PLAIN)

    before = read_example(example)
    assert find(before)
    after = mend(before, find).patch
    assert find(after) == []
    return after


@pytest.mark.parametrize("kind", ["mail", "file", "commit", "staged", "message"])
def test_nothing_is_said_of_a_good_patch(kind: str) -> None:
    assert findings(GOOD.with_(kind=kind), RULES) == []


# not-a-patch


@pytest.mark.parametrize(
    "subject",
    [
        "Re: [PATCH] pebble: mounts",
        "[GIT PULL] pebble for 6.2",
        "[PATCH 0/3] pebble",
        "pebble leaks",
    ],
)
def test_mail_that_claims_no_diff_needs_none(subject: str) -> None:
    assert said(GOOD.with_(subject=subject, diff=""), diff.not_a_patch) == []


def test_a_patch_without_a_diff_is_an_error() -> None:
    [found] = findings(GOOD.with_(diff=""), [diff.not_a_patch])

    assert (found.severity, found.spot.part) == (Severity.ERROR, "subject")


def test_an_answer_with_the_subject_of_the_patch_is_not_the_patch() -> None:
    headers = {"In-Reply-To": "<give@quarry.example>"}
    answer = GOOD.with_(headers=headers, diff="")

    assert said(answer.with_(body="> Give the buffer back.\nIndeed."), diff.not_a_patch) == []
    assert [one.severity for one in findings(answer, [diff.not_a_patch])] == [Severity.WARNING]


def test_a_diff_without_prefixes_is_for_p0() -> None:
    bare = DIFF.replace("a/fs", "fs").replace("b/fs", "fs")

    [message] = said(GOOD.with_(diff=bare), diff.not_a_patch)

    assert message.startswith("the files are named without a/ and b/")


@pytest.mark.parametrize(("old", "new"), [("i/fs", "w/fs"), ("lumen-6.1/fs", "lumen/fs")])
def test_other_prefixes_are_fine(old: str, new: str) -> None:
    other = DIFF.replace("a/fs", old).replace("b/fs", new)

    assert said(GOOD.with_(diff=other), diff.not_a_patch) == []


# mail-corrupt-diff


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("12,4 +12,5", "12,4 +12,6", "line 5 of the diff is broken"),
        (" }\n", "", "is broken"),
        ("\tpebble_put(sb);", "\n\tpebble_put(sb);", "is broken"),
        (" b/fs/pebble/super.c\nindex", "\nb/fs/pebble/super.c\nindex", "does not name its file"),
        ("+\tpebble_put(sb);\n", "", "is broken"),
    ],
)
def test_what_git_refuses_is_an_error(old: str, new: str, reason: str) -> None:
    broken = DIFF.replace(old, new, 1)
    assert broken != DIFF

    [message] = said(GOOD.with_(diff=broken), diff.mail_corrupt_diff)

    assert reason in message


def test_a_hunk_that_nothing_connects_is_an_error() -> None:
    apart = f"{DIFF}\n@@ -40,1 +41,2 @@\n }}\n+/* end */\n"

    assert (
        "a hunk that belongs to no file" in said(GOOD.with_(diff=apart), diff.mail_corrupt_diff)[0]
    )


def test_blank_context_lines_may_lose_their_space() -> None:
    stripped = DIFF.replace(" \terror = pebble_read(sb);\n", "\n")

    assert said(GOOD.with_(diff=stripped), diff.mail_corrupt_diff) == []


def test_a_hunk_in_the_notes_is_read_by_git_too() -> None:
    notes = GOOD.with_(notes="Since v1:\n@@ -1,2 +1,2 @@ pebble_fill")

    assert said(notes, diff.mail_corrupt_diff) == ["a hunk above the diff belongs to no file"]
    assert said(GOOD.with_(notes="    @@ -1,2 +1,2 @@ range-diff"), diff.mail_corrupt_diff) == []


def test_binary_files_need_their_contents() -> None:
    binary = "diff --git a/logo.png b/logo.png\nindex 1d3b2a7..9c8e5f0 100644\n"
    without = f"{binary}Binary files a/logo.png and b/logo.png differ\n"

    assert len(said(GOOD.with_(diff=without), diff.mail_corrupt_diff)) == 1


# placeholder-text


@pytest.mark.parametrize(
    ("subject", "body", "count"),
    [
        ("[PATCH 0/2] *** SUBJECT HERE ***", "*** BLURB HERE ***", 2),
        ("[PATCH 0/2] EDITME: cover title for pebble", "Text.", 1),
        ("[PATCH 0/2] pebble: mounts", "# EDITME: describe the series", 1),
        ("[PATCH 0/2] prep: say EDITME in new covers", "We look for EDITME.", 0),
    ],
)
def test_what_tools_leave_to_be_written(subject: str, body: str, count: int) -> None:
    assert len(said(COVER.with_(subject=subject, body=body), diff.placeholder_text)) == count


# whitespace-error


@pytest.mark.parametrize(
    ("line", "mended_line"),
    [
        ("+\tpebble_put(sb); \t", "+\tpebble_put(sb);"),
        ("+ \t", "+"),
        ("+  \tpebble_put(sb);", "+\tpebble_put(sb);"),
        ("+\t    \t  pebble_put(sb);", "+\t\t  pebble_put(sb);"),
    ],
)
def test_blanks_in_added_lines_are_mended(line: str, mended_line: str) -> None:
    after = mended(GOOD.with_(diff=DIFF.replace("+\tpebble_put(sb);", line)), diff.whitespace_error)

    assert after.diff_text.split("\n") == read_example(
        GOOD.with_(diff=DIFF.replace("+\tpebble_put(sb);", mended_line))
    ).diff_text.split("\n")


@pytest.mark.parametrize("line", ["+\tint  a; \tint b;", "+\t  x", "-\tgone ", " kept "])
def test_other_blanks_are_nobody_s_business(line: str) -> None:
    diff_text = DIFF.replace("+\tpebble_put(sb);", f"+\tpebble_put(sb);\n{line}")

    assert said(GOOD.with_(diff=diff_text), diff.whitespace_error) == []


def test_the_blank_is_pointed_at() -> None:
    [found] = findings(diff.whitespace_error.fails, [diff.whitespace_error])

    assert found.place.text[found.spot.start : found.spot.end] == " "
    assert (found.place.source_path, found.place.source_line) == ("fs/pebble/super.c", 14)


def test_blank_lines_at_the_end_of_a_new_file_are_mended() -> None:
    new = f"{NEW}@@ -0,0 +1,3 @@\n+int x;\n+\n+\n"

    after = mended(GOOD.with_(diff=new), diff.whitespace_error)

    assert after.diff_text.startswith(f"{NEW}@@ -0,0 +1,1 @@\n+int x;\n-- \n")
    assert after.diff is not None
    assert not after.diff.damage


@pytest.mark.parametrize(
    "hunk",
    [
        "@@ -1,2 +1,3 @@\n int x;\n+\n int y;\n",
        "@@ -7,0 +8,1 @@\n+\n",
        "@@ -1,2 +1,3 @@\n int x;\n int y;\n+int z;\n",
    ],
)
def test_blank_lines_elsewhere_are_fine(hunk: str) -> None:
    changed = f"diff --git a/x.c b/x.c\nindex 1..2 100644\n--- a/x.c\n+++ b/x.c\n{hunk}"

    assert said(GOOD.with_(diff=changed), diff.whitespace_error) == []


@pytest.mark.parametrize("path", ["t/t4000/expect.blank", "doc/x.md", "patches/x.patch"])
def test_files_that_hold_text_of_others_are_left_alone(path: str) -> None:
    moved = diff.whitespace_error.fails.diff.replace("fs/pebble/super.c", path)

    assert said(GOOD.with_(diff=moved), diff.whitespace_error) == []


# exec-mode


def script(path: str, mode: str, first: str) -> Example:
    text = NEW.replace("x.c", path).replace("100644", mode) + f"@@ -0,0 +1,1 @@\n+{first}\n"
    return GOOD.with_(diff=text)


@pytest.mark.parametrize(
    ("path", "mode", "first", "count"),
    [
        ("x.c", "100755", "int x;", 1),
        ("x.c", "100644", "int x;", 0),
        ("tools/run", "100755", "#!/bin/sh", 0),
        ("tools/run", "100755", "int x;", 1),
        ("tools/x.py", "100755", "import os", 0),
    ],
)
def test_scripts_may_be_executable(path: str, mode: str, first: str, count: int) -> None:
    assert len(said(script(path, mode, first), diff.exec_mode)) == count


def test_a_new_mode_is_mended_in_a_new_file_only() -> None:
    after = mended(script("x.c", "100755", "int x;"), diff.exec_mode)
    assert "new file mode 100644" in after.diff_text

    changed = "diff --git a/x.c b/x.c\nold mode 100644\nnew mode 100755\n"
    [found] = findings(GOOD.with_(diff=f"{changed}\n"), [diff.exec_mode])
    assert found.fix is not None
    assert not found.fix.is_mechanical


def test_a_line_that_speaks_of_modes_is_contents() -> None:
    text = f"{NEW}@@ -0,0 +1,1 @@\n+new file mode 100755\n"

    assert said(GOOD.with_(diff=text), diff.exec_mode) == []


# maintainers-stale

SECTION = "PEBBLE\nM:\tRobin <robin@lumen.example>\nS:\tMaintained\nF:\t{}\n"


def stale(text: str, covers: str) -> list[str]:
    known = Context(maintainers=read_maintainers({"MAINTAINERS": SECTION.format(covers)}))
    return said(GOOD.with_(diff=text), diff.maintainers_stale, known)


@pytest.mark.parametrize(("covers", "count"), [("x.c", 0), ("*.c", 0), ("fs/", 1), ("*", 1)])
def test_a_new_file_needs_an_entry(covers: str, count: int) -> None:
    assert len(stale(f"{NEW}@@ -0,0 +1,1 @@\n+int x;\n", covers)) == count


@pytest.mark.parametrize(("covers", "count"), [("fs/a.c", 1), ("fs/", 0), ("net/", 0)])
def test_an_entry_follows_its_file(covers: str, count: int) -> None:
    moved = "diff --git a/fs/a.c b/fs/b.c\nrename from fs/a.c\nrename to fs/b.c\n"

    assert len(stale(moved, covers)) == count


def test_the_series_may_change_maintainers_elsewhere() -> None:
    known = Context(maintainers=read_maintainers({"MAINTAINERS": SECTION.format("fs/")}))
    entry = DIFF.replace("fs/pebble/super.c", "MAINTAINERS")
    first = GOOD.with_(diff=f"{NEW}@@ -0,0 +1,1 @@\n+int x;\n", rest=(GOOD.with_(diff=entry),))

    assert check_series(series_of(first), [diff.maintainers_stale], PLAIN, known) == []


def test_the_examples_of_maintainers_stale() -> None:
    for example, count in ((diff.maintainers_stale.passes, 0), (diff.maintainers_stale.fails, 1)):
        known = Context(maintainers=read_maintainers({"MAINTAINERS": example.maintainers}))
        assert len(said(example, diff.maintainers_stale, known)) == count


# patch-does-not-apply


def applying(example: Example, repository: GitFacts) -> list[tuple[Severity, str]]:
    found = findings(example, [diff.patch_does_not_apply], PLAIN, Context(repository=repository))
    return [(one.severity, one.message) for one in found]


def test_a_patch_that_applies_to_its_base_is_fine(repository: GitFacts) -> None:
    assert applying(diff.patch_does_not_apply.passes, repository) == []


def test_a_patch_that_fails_on_the_base_it_names_is_an_error(repository: GitFacts) -> None:
    [(severity, message)] = applying(diff.patch_does_not_apply.fails, repository)

    assert severity is Severity.ERROR
    assert message.startswith("does not apply to its base-commit 8ada4c4fb1e6: ")
    assert "drivers/wick/core.c" in message


@pytest.mark.parametrize("notes", ["", f"base-commit: {'1' * 40}"])
def test_a_base_that_is_assumed_makes_a_warning(repository: GitFacts, notes: str) -> None:
    example = diff.patch_does_not_apply.fails.with_(notes=notes)

    assert [grade for grade, _ in applying(example, repository)] == [Severity.WARNING]


def test_a_patch_for_another_project_is_not_tried(repository: GitFacts) -> None:
    elsewhere = diff.patch_does_not_apply.fails.with_(notes="", diff=GOOD.diff.replace("fs/", "x/"))

    assert applying(elsewhere, repository) == []


def test_patches_are_tried_in_order(repository: GitFacts) -> None:
    first = diff.patch_does_not_apply.passes.with_(subject="[PATCH 1/2] wick: move")
    back = first.diff.replace("\n+\t", "\n#\t").replace("\n-\t", "\n+\t").replace("\n#\t", "\n-\t")
    second = first.with_(subject="[PATCH 2/2] wick: move back", diff=back)

    assert applying(first.with_(rest=(second,)), repository) == []
    assert len(applying(second.with_(subject="[PATCH] wick: move back"), repository)) == 1


def test_what_is_not_all_there_is_not_tried(repository: GitFacts) -> None:
    broken = diff.patch_does_not_apply.fails
    needs = f"prerequisite-patch-id: {'2' * 40}\n{broken.notes}"

    assert applying(broken.with_(subject="[PATCH 2/2] wick: move"), repository) == []
    assert applying(broken.with_(notes=needs), repository) == []


def test_blanks_that_differ_from_the_file_s_are_damage(repository: GitFacts) -> None:
    context = Context(repository=repository)
    good = diff.patch_does_not_apply.passes
    pasted = good.with_(diff=good.diff.replace("\t", "    "))

    [found] = findings(pasted, [mail.mail_whitespace_damage], PLAIN, context)

    assert "drivers/wick/core.c" in found.message
    assert findings(good, [mail.mail_whitespace_damage], PLAIN, context) == []


# absolute-path


def test_paths_of_one_machine_are_mended() -> None:
    body = (
        "==1== in pebble_fill (/home/ada/lumen/fs/pebble/super.c:14)\n\nand /srv/fs/pebble/super.c"
    )

    after = mended(GOOD.with_(body=body), diff.absolute_path)

    assert after.body[0] == "==1== in pebble_fill (fs/pebble/super.c:14)"
    assert after.body[2] == "and fs/pebble/super.c"


@pytest.mark.parametrize(
    "body",
    [
        "See /proc/fs/pebble and https://lumen.example/tree/fs/pebble/super.c for it.",
        "In a/fs/pebble/super.c or ./fs/pebble/super.c.",
        "/etc/fstab names /dev/sda1.",
    ],
)
def test_paths_that_are_meant_are_fine(body: str) -> None:
    assert said(GOOD.with_(body=body), diff.absolute_path) == []


# hostile text


@pytest.mark.parametrize(
    "text",
    [
        "--- \n+++ \n@@ -1 +1 @@\n",
        "diff --git \n",
        f"--- a/x\n+++ b/x\n@@ -{'9' * 5000} +1 @@\n+x \n",
        "diff --git a/x b/x\nnew file mode 100755\nBinary files differ\n",
        "diff --git " + "a/ " * 3000 + "\n",
        'diff --git "a/' + "\\" * 3000 + "\n",
        "--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n x\n+\u2028\x00 \n",
    ],
)
@pytest.mark.parametrize("kind", ["mail", "commit"])
def test_no_diff_breaks_a_rule(text: str, kind: str) -> None:
    found = findings(GOOD.with_(diff=text, kind=kind), RULES)

    assert "rule-broken" not in {one.rule for one in found}
