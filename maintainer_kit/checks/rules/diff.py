# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about the diff itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from maintainer_kit.checks.added_blanks import Blank, BlankEnd, blank_ends, blanks
from maintainer_kit.checks.context import Look, Need
from maintainer_kit.checks.example import COVER, DIFF, GOOD
from maintainer_kit.checks.finding import WHOLE, Edit, Fix, Hit, Part, Severity, Spot
from maintainer_kit.checks.git_grammar import Refusal, refusal
from maintainer_kit.checks.mail_bytes import quoted_returns
from maintainer_kit.checks.mail_clients import Damage, advice
from maintainer_kit.checks.new_modes import NewMode, new_modes
from maintainer_kit.checks.patch import Patch, Role, in_body, in_diff, in_notes, in_subject
from maintainer_kit.checks.rule import HEADS, MAILS, WITH_DIFF, patch_rule, series_rule
from maintainer_kit.checks.series import Series
from maintainer_kit.checks.sources import (
    EMAIL_CLIENTS,
    GIT_DIFF,
    GIT_FORMAT_PATCH,
    checkpatch,
    submitting_patches,
)
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.text import count_of
from maintainer_kit.model.message import marks
from maintainer_kit.model.message.pull import asks_to_pull

_ANY_ROLE = frozenset(Role)
_HUNK_ABOVE = lazy_pattern(r"@@ -\d{1,12}(?:,\d{1,12})? \+\d{1,12}(?:,\d{1,12})? @@")
_CONTEXT_DIFF = lazy_pattern(r"^\*{15}$", re.MULTILINE)
_FIRST_LINES = 200
_MOST_LINES = 2000
_MOST_PATHS = 200
_ABSOLUTE = lazy_pattern(r"(?:^|[\s('\"<\[])/[^\s/]{1,80}/", re.MULTILINE)

_CONTEXT = """\
*** a/fs/pebble/super.c
--- b/fs/pebble/super.c
***************
*** 12,15 ****
--- 12,16 ----
  \terror = pebble_read(sb);
+ \tpebble_put(sb);
  \treturn error;
"""


_ENOUGH = 20
"""So many files are looked for to know whether a series is for this repository."""


@patch_rule(
    "not-a-patch",
    Severity.ERROR,
    "There is no diff that git can apply as usual.",
    why="git am and git apply -p1 take unified diffs whose files are named a/path and b/path; a"
    " context diff, or one made inside a directory or with --no-prefix, has to be made anew.",
    fix="Write it with git format-patch, and with diff.noprefix unset.",
    source=GIT_FORMAT_PATCH,
    aliases=("NOT_UNIFIED_DIFF", "PATCH_PREFIX"),
    origins=MAILS,
    roles=_ANY_ROLE,
    passes=COVER,
    fails=GOOD.with_(diff=_CONTEXT),
)
def not_a_patch(patch: Patch, look: Look) -> Iterator[Hit]:
    """Answers, cover letters and pull requests are fine, and so is mail that claims nothing."""
    fix = Fix("write it with git format-patch")
    if patch.role is Role.PATCH:
        if at := _without_prefix(patch):
            words = "the files are named without a/ and b/: git am takes the first directory away"
            yield Hit(words, in_diff(at - 1), Fix("unset diff.noprefix and write it again"))
        return
    if patch.role is not Role.OTHER or not _claims_patch(patch):
        return
    text = patch.mail.text if patch.mail else ""
    if _CONTEXT_DIFF.search(text):
        yield Hit("it holds a context diff; git takes unified ones only", WHOLE, fix)
    else:
        grade = Severity.WARNING if patch.parents else None
        yield Hit(
            "its subject says that it is a patch, and there is no diff", in_subject(), fix, grade
        )


def _claims_patch(patch: Patch) -> bool:
    """Of a file that is told by being given as one."""
    subject, text = patch.subject, patch.mail.text if patch.mail else ""
    if subject.is_reply or subject.number == 0 or asks_to_pull(subject, text):
        return False
    # Who answers with a subject of his own quotes what he answers.
    return subject.is_patch and not (patch.parents and ("\n>" in text or text.startswith(">")))


def _without_prefix(patch: Patch) -> int:
    """Line of the diff, from 1, that names the first file alike on both sides; 0 for none."""
    lines = patch.diff_lines
    for at, line in enumerate(lines[:_FIRST_LINES]):
        if line.startswith("diff --git "):
            old, _, new = line[11:].partition(" ")
        elif line.startswith("--- ") and at + 1 < len(lines):
            old, new = (one[4:].partition("\t")[0].rstrip() for one in lines[at : at + 2])
        else:
            continue
        if old == new and not old.startswith(("a/", "b/")):
            return at + 1
        if line.startswith("--- "):
            return 0
    return 0


@patch_rule(
    "mail-corrupt-diff",
    Severity.ERROR,
    "git cannot read the diff.",
    why="The lines of a hunk are counted in its header. When a mail client wraps or drops one, or"
    " somebody edits a diff by hand, git finds another count and refuses the whole patch.",
    fix="Make the patch anew, and send it with a client that leaves it alone.",
    source=EMAIL_CLIENTS,
    aliases=("CORRUPTED_PATCH",),
    origins=MAILS,
    passes=GOOD.with_(diff=DIFF.replace("@@ -12,4 +12,5 @@ static int", "@@ -12,4 +12,5 @@ int")),
    fails=GOOD.with_(diff=DIFF.replace("static int pebble", "static int\npebble")),
)
def mail_corrupt_diff(patch: Patch, look: Look) -> Iterator[Hit]:
    returned = quoted_returns(patch)
    lines = returned or patch.diff_lines
    found = refusal("\n".join(returned)) if returned else refusal(patch.diff_text)
    words = "make the patch anew"
    if found:
        line = lines[found.index] if found.index < len(lines) else ""
        damage = Damage.ENCODED if returned else Damage.WRAPPED
        fix = Fix(advice(patch.mail, damage, words))
        yield Hit(_refused(found, line, bool(returned)), in_diff(found.index), fix)
    elif at := next((at for at, line in enumerate(patch.notes) if _HUNK_ABOVE.match(line)), None):
        yield Hit("a hunk above the diff belongs to no file", in_notes(at), Fix(words))
    elif (at := _binary_without_data(patch)) is not None:
        fix = Fix("write it with git format-patch --binary")
        yield Hit("a binary file changes, and its contents are not in the patch", in_diff(at), fix)


def _refused(found: Refusal, line: str, has_returns: bool) -> str:
    if has_returns and line == "\r":
        return f"line {found.index + 1} of the diff is a lone carriage return, which git refuses"
    shown = line.strip()[:50]
    return f"line {found.index + 1} of the diff is broken ('{shown}'): {found.reason}"


def _binary_without_data(patch: Patch) -> int | None:
    if patch.diff is None or not any(one.change == "binary" for one in patch.diff.files):
        return None
    changed = {one.index for one in patch.changes}
    return next(
        (
            at
            for at, line in enumerate(patch.diff_lines)
            if line.startswith("Binary files ") and line.endswith(" differ") and at not in changed
        ),
        None,
    )


_PLACEHOLDERS = ("*** SUBJECT HERE ***", "*** BLURB HERE ***")
_EDIT_ME = lazy_pattern(r"#?[ \t]{0,4}EDITME\b")


@patch_rule(
    "placeholder-text",
    Severity.ERROR,
    "A text that was to be replaced is still there.",
    why="git format-patch --cover-letter and b4 prep leave words that the author is to replace; a"
    " series that still has them was sent unread.",
    fix="Write what the series is about in its place.",
    source=GIT_FORMAT_PATCH,
    aliases=("PLACEHOLDER_USE",),
    roles=HEADS,
    options={"words": [*_PLACEHOLDERS]},
    passes=COVER.with_(body="The cover letter says *** BLURB HERE *** until someone writes it."),
    fails=COVER.with_(body="*** BLURB HERE ***\n\nAda Author (2):"),
)
def placeholder_text(patch: Patch, look: Look) -> Iterator[Hit]:
    """Whole lines only: a patch may well speak of such a text."""
    words = look.words("words")
    fix = Fix("write what the series is about")
    if patch.title.strip() in words or _EDIT_ME.match(patch.title):
        yield Hit("the subject was left as it was made", in_subject(), fix)
    for at, line in enumerate(patch.body):
        if ("***" in line and line.strip() in words) or ("EDITME" in line and _EDIT_ME.match(line)):
            yield Hit(f"'{line.strip()[:50]}' was to be replaced", in_body(at), fix)


_WICK = """\
diff --git a/drivers/wick/core.c b/drivers/wick/core.c
--- a/drivers/wick/core.c
+++ b/drivers/wick/core.c
@@ -21,6 +21,6 @@ int wick_register_controller(struct wick_controller *wc)
 \tif (!wc->ops || !wc->ops->write)
 \t\treturn -EINVAL;
-\tINIT_LIST_HEAD(&wc->panels);
 \tmutex_init(&wc->lock);
+\tINIT_LIST_HEAD(&wc->panels);
 \twc->nr_panels = 0;
 \tif (!wc->max_panels)
"""


@series_rule(
    "patch-does-not-apply",
    Severity.ERROR,
    "The patches do not apply.",
    why="What does not apply cannot be tested or merged, and nobody else will find out for which"
    " tree it was meant.",
    fix="Rebase it on the tree it is for, and send it with git format-patch --base.",
    source=submitting_patches("providing-base-tree-information"),
    needs=(Need.REPOSITORY,),
    passes=GOOD.with_(diff=_WICK),
    fails=GOOD.with_(
        notes="base-commit: 8ada4c4fb1e62678b2d4fc00a9423a974dbcd8fe",
        diff=_WICK.replace("mutex_init", "spin_lock_init"),
    ),
)
def patch_does_not_apply(series: Series, look: Look) -> Iterator[Hit]:
    """An error on the base that it names; on any other base, which is the user's or a guess, a
    warning."""
    if not series.is_complete or not series.patches or _is_partial(series):
        return
    named = _named_base(series)
    knows = bool(named) and not look.git.is_base_named and look.git.has_object(named)
    base = named if knows else look.git.base
    if not base or any(one.diff is None or one.diff.damage for one in series.patches):
        return
    if not knows and not _is_at_home(series, look):
        return
    diffs = [f"{one.diff_text}\n".encode("utf-8", "surrogateescape") for one in series.patches]
    if problem := look.git.apply_problem(diffs, base):
        where = f"its base-commit {base[:12]}" if knows else base[:12]
        if not knows and not look.git.is_base_named:
            where = f"{where}, the base that is assumed"
        fix = Fix("rebase it, and write it with git format-patch --base=auto")
        grade = None if knows else Severity.WARNING
        yield Hit(f"does not apply to {where}: {problem[:120]}", WHOLE, fix, grade)


def _is_at_home(series: Series, look: Look) -> bool:
    """Whether the repository has any of the files that it changes: else it is another project's."""
    files = [file for one in series.patches if one.diff for file in one.diff.files]
    old = {file.old_path or file.path for file in files if file.change != "added"}
    return not old or any(look.git.read_file(path) is not None for path in sorted(old)[:_ENOUGH])


def _is_partial(series: Series) -> bool:
    """Patches in front of it are missing, here or in the tree that it needs."""
    numbers = [one.subject.number for one in series.patches if one.subject.number is not None]
    if numbers and numbers != list(range(1, len(numbers) + 1)):
        return True
    return any(one.mail and marks.prerequisites(one.mail.text) for one in series.all)


def _named_base(series: Series) -> str:
    texts = (one.mail.text for one in series.all if one.mail)
    return next((base for text in texts if (base := marks.base_commit(text))), "")


_TEST_DATA = [
    r"\.(?:patch|diff|po|pot|svg|ipynb|eml|mbox|csv|tsv|snap|golden|expected|md|out)$",
    r"(?:^|/)(?:testdata|test-data|test_data|fixtures|snapshots|vendor)/",
    r"(?:^|/)expect(?:ed)?\b[^/]*(?:/|$)",
]


@patch_rule(
    "whitespace-error",
    Severity.WARNING,
    "An added line has white space that git complains about.",
    why="Blanks that nobody sees come back as noise: the next editor takes them away, and two"
    " branches differ where nothing was changed. git am warns of each.",
    fix="git rebase --whitespace=fix, or let the editor strip blanks at the end of lines.",
    source=GIT_DIFF,
    aliases=("TRAILING_WHITESPACE", "SPACE_BEFORE_TAB"),
    origins=WITH_DIFF,
    options={"ignore_paths": _TEST_DATA},
    passes=GOOD.with_(diff=DIFF.replace(" \treturn error;", " \treturn error; ")),
    fails=GOOD.with_(diff=DIFF.replace("pebble_put(sb);", "pebble_put(sb); ")),
)
def whitespace_error(patch: Patch, look: Look) -> Iterator[Hit]:
    ignored = _either(look.words("ignore_paths"))
    for one in blanks(patch):
        if not ignored.search(one.line.path):
            yield _blank_hit(one)
    for end in blank_ends(patch):
        if not ignored.search(end.line.path):
            yield _end_hit(end)


@lru_cache(maxsize=16)
def _either(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for several; one that never matches for none."""
    return re.compile("|".join(f"(?:{one})" for one in patterns) or r"(?!)")


def _blank_hit(one: Blank) -> Hit:
    edit = Edit(Part.DIFF, one.line.index, 1, (one.mended,))
    spot = in_diff(one.line.index, one.start, one.end)
    return Hit(f"{one.words} in {one.line.path[:60]}", spot, Fix("take it away", (edit,)))


def _end_hit(end: BlankEnd) -> Hit:
    edits: tuple[Edit, ...] = ()
    if end.shorter:
        gone = Edit(Part.DIFF, end.line.index, end.count, ())
        edits = (Edit(Part.DIFF, end.header, 1, (end.shorter,)), gone)
    spot = in_diff(end.line.index)
    return Hit(f"a blank line at the end of {end.line.path[:60]}", spot, Fix("take it away", edits))


_NEW_FILE = """\
diff --git a/fs/pebble/quota.c b/fs/pebble/quota.c
new file mode 100644
index 0000000..9c8e5f0
--- /dev/null
+++ b/fs/pebble/quota.c
@@ -0,0 +1,2 @@
+// SPDX-License-Identifier: GPL-2.0
+int pebble_quota;
"""


@patch_rule(
    "exec-mode",
    Severity.WARNING,
    "A file that is no script is made executable.",
    why="An executable source file is nearly always a slip of an editor or of a foreign file"
    " system, and stays in the tree for years.",
    fix="chmod -x FILE, git add, and git commit --amend.",
    source=checkpatch("EXECUTE_PERMISSIONS"),
    aliases=("EXECUTE_PERMISSIONS",),
    origins=WITH_DIFF,
    options={
        "scripts": [r"\.(?:sh|bash|zsh|py|pl|pm|awk|rb|tcl|exp|t|lua|js|php|sed|run|bat|cmd|ps1)$"]
    },
    passes=GOOD.with_(
        diff=_NEW_FILE.replace("100644", "100755")
        .replace("// SPDX", "#!/bin/sh\n+# SPDX")
        .replace("+1,2", "+1,3")
    ),
    fails=GOOD.with_(diff=_NEW_FILE.replace("100644", "100755")),
)
def exec_mode(patch: Patch, look: Look) -> Iterator[Hit]:
    if "mode 100755" not in patch.diff_text:
        return
    scripts = _either(look.words("scripts"))
    for one in new_modes(patch):
        if not scripts.search(one.path) and not _may_be_script(one, look):
            edits = (Edit(Part.DIFF, one.index, 1, ("new file mode 100644",)),)
            fix = Fix(f"chmod -x {one.path[:60]}", edits if one.is_new else ())
            spot = in_diff(one.index, len(one.line) - 6, len(one.line))
            yield Hit(f"{one.path[:60]} is made executable, and is no script", spot, fix)


def _may_be_script(one: NewMode, look: Look) -> bool:
    """By its first line, where that can be seen; else by having no suffix."""
    if one.first_line is not None:
        return one.first_line.startswith("#!")
    text = look.repository.read_file(one.path) if look.repository else None
    if text is not None:
        return text.startswith("#!")
    return "." not in one.path.rpartition("/")[2]


@patch_rule(
    "maintainers-stale",
    Severity.INFO,
    "MAINTAINERS does not follow a file that comes, goes or moves.",
    why="Patches are sent to whom MAINTAINERS names. A file that no entry covers has no reader, and"
    " an entry for a file that is gone is noise.",
    fix="Add, move or drop the F: line in the same series.",
    source=checkpatch("FILE_PATH_CHANGES"),
    aliases=("FILE_PATH_CHANGES",),
    needs=(Need.MAINTAINERS,),
    origins=WITH_DIFF,
    passes=GOOD.with_(
        diff=_NEW_FILE,
        maintainers="PEBBLE FILE SYSTEM\nM:\tRobin <robin@lumen.example>\nS:\tMaintained\n"
        "F:\tfs/pebble/\n",
    ),
    fails=GOOD.with_(
        diff=_NEW_FILE,
        maintainers="PEBBLE FILE SYSTEM\nM:\tRobin <robin@lumen.example>\nS:\tMaintained\n"
        "F:\tfs/pebble/super.c\n",
    ),
)
def maintainers_stale(patch: Patch, look: Look) -> Iterator[Hit]:
    """New files that no section names, and gone ones that a section names by their full path."""
    if patch.diff is None or look.maintainers is None:
        return
    moving = [one for one in patch.diff.files if one.change in ("added", "deleted", "renamed")]
    if not moving or any("MAINTAINERS" in one.paths for one in look.series.patches):
        return
    named = {name for section in look.maintainers.sections for name in section.values("F")}
    for one in moving:
        gone = one.path if one.change == "deleted" else one.old_path
        if gone in named:
            fix = Fix("change its F: line in MAINTAINERS in the same patch")
            yield Hit(f"MAINTAINERS still names {gone[:60]}", _of_file(patch, gone), fix)
        elif one.change != "deleted" and _is_orphan(one.path, one.old_path, look):
            fix = Fix("give it an F: line in MAINTAINERS")
            yield Hit(
                f"no entry of MAINTAINERS covers {one.path[:60]}", _of_file(patch, one.path), fix
            )


def _is_orphan(path: str, old_path: str, look: Look) -> bool:
    """Nobody looks after it; of a moved one: any more."""
    assert look.maintainers is not None
    index = look.maintainers.index

    def is_covered(name: str) -> bool:
        return any(not match.section.is_rest for match in index.matches(name))

    return not is_covered(path) and (not old_path or is_covered(old_path))


def _of_file(patch: Patch, path: str) -> Spot:
    """The header of a file's diff."""
    lines = patch.diff_lines
    at = (at for at, line in enumerate(lines) if line.startswith("diff --git ") and path in line)
    return in_diff(next(at, 0))


@patch_rule(
    "absolute-path",
    Severity.INFO,
    "The message names a file by a path of somebody's machine.",
    why="Where the author keeps the tree tells readers nothing, and a line of a log that names it"
    " is longer than it has to be.",
    fix="Name the file as the tree does.",
    source=checkpatch("USE_RELATIVE_PATH"),
    aliases=("USE_RELATIVE_PATH",),
    passes=GOOD.with_(body="fs/pebble/super.c:14 never gives the buffer back."),
    fails=GOOD.with_(body="/home/ada/lumen/fs/pebble/super.c:14 never gives the buffer back."),
)
def absolute_path(patch: Patch, look: Look) -> Iterator[Hit]:
    """Of files that the patch touches: any other path may be one of the machine that is meant."""
    if not _ABSOLUTE.search(patch.text):
        return
    paths = tuple(path for path in patch.paths[:_MOST_PATHS] if "/" in path)
    found: list[tuple[int, int, int]] = []
    for at, line in enumerate(patch.prose[:_MOST_LINES]):
        if "/" in line and (columns := _absolute_in(line, paths)):
            found.append((at, *columns))
    if found:
        edits = tuple(
            Edit(Part.BODY, at, 1, (patch.body[at][:start] + patch.body[at][end:],))
            for at, start, end in found
        )
        at, start, end = found[0]
        words = f"'{patch.body[at][start:end][:50]}' is a directory of one machine"
        more = f" (and in {count_of(len(found) - 1, 'more line')})" if len(found) > 1 else ""
        yield Hit(
            words + more, in_body(at, start, end), Fix("name the file as the tree does", edits)
        )


def _absolute_in(line: str, paths: tuple[str, ...]) -> tuple[int, int] | None:
    """Columns of what stands in front of one of the paths, down from the root."""
    for path in paths:
        end = line.find(f"/{path}") + 1
        if not end:
            continue
        start = line.rfind(" ", 0, end) + 1
        start = end - len(line[start:end].lstrip("('\"<["))
        if line[start] == "/" and end - start > 1:
            return start, end
    return None
