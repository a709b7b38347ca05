# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about lines of a commit message that git, patch or an editor take for something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maintainer_kit.checks.context import Look
from maintainer_kit.checks.example import GOOD
from maintainer_kit.checks.finding import Edit, Fix, Hit, Part, Severity
from maintainer_kit.checks.patch import Patch, in_body, in_diff
from maintainer_kit.checks.rule import patch_rule
from maintainer_kit.checks.sources import GIT_COMMIT, checkpatch
from maintainer_kit.lazy.pattern import lazy_pattern

# What git am takes for the beginning of the diff: all below it is lost to the message.
_CUTS = lazy_pattern(r"diff -|Index: \S|--- (?=\S)(?=a/|b/|\S+/|\S+\.\w+(?:\t|$))|\+\+\+ [ab]/")
# What is a piece of a diff, not a sentence that begins like one ("diff --quiet is ...").
_PIECE = lazy_pattern(r"diff -(?:-git|\w{1,9}) \S+ \S+$|Index: |--- |\+\+\+ |@@ ")
_HUNK = lazy_pattern(r"@@ -\d{1,12}(?:,\d{1,12})? \+\d{1,12}(?:,\d{1,12})? @@")
_LIKE_DIFF = ("diff ", "index ", "--- ", "+++ ", "@@ ", "+", "-", " ", "\\", "new file", "deleted ")
_GERRIT = lazy_pattern(r"I[0-9a-f]{8,64}$")
_INDENT = "    "
_MOST_EDITS = 500
"""More lines than that are no slip of the pen."""


@patch_rule(
    "body-diff",
    Severity.ERROR,
    "The commit message holds lines of a diff.",
    why="git am and patch take the first line that begins as a diff does for the patch itself: the "
    "rest of the message is lost with the sign-off in it, and what was meant as an example is "
    "applied.",
    fix="Indent the example by four blanks, so that it begins no line.",
    source=checkpatch("DIFF_IN_COMMIT_MSG"),
    aliases=("DIFF_IN_COMMIT_MSG",),
    passes=GOOD.with_(
        kind="commit", body="The buffer leaks, as in:\n\n    --- a/super.c\n    +++ b/super.c"
    ),
    fails=GOOD.with_(
        kind="commit",
        body="The buffer leaks, as in:\n\n--- a/super.c\n+++ b/super.c\n@@ -1 +1 @@\n-a\n+b",
    ),
)
def body_diff(patch: Patch, look: Look) -> Iterator[Hit]:
    if patch.is_mail and (at := _second_cut(patch)) is not None:
        message = "the diff begins within the message, above its --- line"
        yield Hit(
            message, in_diff(0), Fix(f"indent the example; the message ends on line {at + 1}")
        )
        return
    for at, line in enumerate(patch.body):
        if line[:1] not in ("d", "I", "-", "+", "@"):
            continue
        cuts = _CUTS.match(line)
        if cuts or _HUNK.match(line):
            yield Hit(
                f"'{line[:40]}' begins a diff within the message",
                in_body(at, 0, len(line)),
                _indented(patch.body, at),
                # Without the lines above it, nobody applies a hunk.
                None if cuts else Severity.WARNING,
            )
            return


def _second_cut(patch: Patch) -> int | None:
    """Where in what was read as the diff of a mail stands the line that ends the message."""
    if "\n---\n" not in patch.diff_text or patch.notes:
        return None
    changed = {one.index for one in patch.changes}
    lines = patch.diff_lines
    cut = next((n for n, one in enumerate(lines) if one == "---" and n not in changed), None)
    if cut is None or not any(one.startswith("diff --git ") for one in lines[cut : cut + 5000]):
        return None
    return cut


def _indented(body: Sequence[str], at: int) -> Fix:
    if not _PIECE.match(body[at]):
        return Fix("break the lines elsewhere, so that none begins so")
    end = _end_of_diff(body, at)
    lines = tuple(_INDENT + one if one.strip() else one for one in body[at:end])
    return Fix("indent the example by four blanks", (Edit(Part.BODY, at, end - at, lines),))


def _end_of_diff(body: Sequence[str], at: int) -> int:
    end = at
    while end < len(body) and body[end].startswith(_LIKE_DIFF):
        end += 1
    return max(end, at + 1)


@patch_rule(
    "body-separator",
    Severity.ERROR,
    "A line of the message begins with ---, where programs end it.",
    why="git am ends the message at a line of three dashes, and takes '--- name' for the head of a "
    "diff. What stands below is lost, sign-off and all.",
    fix="Use another line: === or ***, or indent it.",
    source=checkpatch("BAD_COMMIT_SEPARATOR"),
    aliases=("BAD_COMMIT_SEPARATOR",),
    passes=GOOD.with_(kind="commit", body="What the log says:\n\n=== dmesg ===\nno memory"),
    fails=GOOD.with_(kind="commit", body="What the log says:\n\n--- dmesg ---\nno memory"),
)
def body_separator(patch: Patch, look: Look) -> Iterator[Hit]:
    for at, line in enumerate(patch.body):
        if not line.startswith("---") or _CUTS.match(line):
            continue
        bare = line.rstrip()
        if bare == "---":
            yield from _cut_line(patch, at)
            return
        # git reads on over "-----" and "---x"; other tools do not.
        is_head = bare.startswith("--- ") and not bare[4].isspace()
        dashes = len(bare) - len(bare.lstrip("-"))
        edit = Edit(Part.BODY, at, 1, ("=" * dashes + bare[dashes:].replace("---", "==="),))
        words = "git am ends the message here" if is_head else "some programs end the message here"
        yield Hit(
            f"'{bare[:40]}': {words}",
            in_body(at, 0, len(bare)),
            Fix("write = instead of -", (edit,)),
            None if is_head else Severity.INFO,
        )


def _cut_line(patch: Patch, at: int) -> Iterator[Hit]:
    """Notes below --- in one's own commit are fine: they are meant to be dropped. A sign-off is
    not."""
    lost = [one for one in patch.named("Signed-off-by") if one.index > at]
    above = any(one.index < at for one in patch.named("Signed-off-by"))
    if lost and not above:
        edit = Edit(Part.BODY, at, 1, ("===",))
        yield Hit(
            "git am ends the message at '---', above the sign-off",
            in_body(at, 0, 3),
            Fix("write === instead, or move the sign-off above it", (edit,)),
        )


@patch_rule(
    "body-hash-line",
    Severity.WARNING,
    "A line of the message begins with git's comment character.",
    why="Whoever opens the message in an editor, to amend the commit or to squash it, loses the "
    "line: git takes it for a comment.",
    fix="Put a blank in front of it, or another word.",
    source=GIT_COMMIT,
    aliases=("COMMIT_COMMENT_SYMBOL",),
    passes=GOOD.with_(kind="commit", body="Mounts leak:\n\n  # mount /dev/sdb1 /mnt"),
    fails=GOOD.with_(kind="commit", body="Mounts leak:\n\n# mount /dev/sdb1 /mnt"),
)
def body_hash_line(patch: Patch, look: Look) -> Iterator[Hit]:
    char = look.comment_char
    if not char:
        return
    found = [at for at, line in enumerate(patch.body) if line.startswith(char)]
    if found:
        some = found if len(found) <= _MOST_EDITS else []
        edits = tuple(Edit(Part.BODY, at, 1, (f" {patch.body[at]}",)) for at in some)
        more = f", as do {len(found) - 1} more" if len(found) > 1 else ""
        yield Hit(
            f"the line begins with '{char}'{more}: an editor run by git drops it",
            in_body(found[0], 0, len(char)),
            Fix("put a blank in front", edits),
        )


@patch_rule(
    "change-id",
    Severity.ERROR,
    "The message holds a Change-Id of Gerrit.",
    why="It means something on the server that gave it, and nothing to anybody else. In a history "
    "that is not made by Gerrit it is noise for ever.",
    fix="Take the line out before the patch is sent.",
    source=checkpatch("GERRIT_CHANGE_ID"),
    aliases=("GERRIT_CHANGE_ID",),
    passes=GOOD.with_(notes="change-id: 20260105-pebble-put-3f5c1f9c0d2e"),
    fails=GOOD.with_(
        trailers=f"Change-Id: I8f3c1f9c0d2e4b5a69788796a5b4c3d2e1f00112\n{GOOD.trailers}"
    ),
)
def change_id(patch: Patch, look: Look) -> Iterator[Hit]:
    for one in patch.named("Change-id"):
        if _GERRIT.match(one.value):
            edit = Edit(Part.BODY, one.index, one.count, ())
            spot = in_body(one.index, 0, len(patch.body[one.index]))
            fix = Fix("drop the line", (edit,))
            yield Hit(f"{one.written}: {one.value[:20]} means something to Gerrit only", spot, fix)
