# SPDX-License-Identifier: GPL-2.0-or-later
"""Patches of any shape, and comments on their lines, for Hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from maintainer_kit.model.reply.draft import Note

# Few different lines, so that hunks repeat themselves.
_CODE = (
    "\tif (err)",
    "\t\treturn err;",
    "}",
    "{",
    "",
    "\tint err;",
    "\tpebble_count(stone);",
    "\tpebble_unlock(stone);",
    "static int pebble_open(struct stone *stone)",
    "/* > quoted */",
    "-- ",
    "-- a/b",
    "@@ -1,2 +1,2 @@ no hunk",
    "On Monday Ada wrote:",
    "Thanks,",
)
_WORDS = (
    "Why is that needed here?",
    "This leaks the stone when pebble_lock() fails, please mend it in the next version.",
    "Two things.\n\nFirst, the name is wrong.\nSecond, the lock is taken twice.",
    "Please drop this line.",
    "Typo: s/stome/stone/",
    "This is done twice now, once here and once in the caller:\n\n\tpebble_lock(stone);",
)


@st.composite
def hunks(draw: st.DrawFn, start: int) -> tuple[list[str], int]:
    """A hunk that begins at a line, and the line where the next may."""
    signs = draw(st.lists(st.sampled_from("  +-"), min_size=1, max_size=40))
    body = [sign + draw(st.sampled_from(_CODE)) for sign in signs]
    old = sum(sign in " -" for sign in signs)
    new = sum(sign in " +" for sign in signs)
    context = draw(st.sampled_from(("", " static int pebble_open(void)")))
    return [f"@@ -{start},{old} +{start},{new} @@{context}", *body], start + max(old, new) + 9


@st.composite
def patch_texts(draw: st.DrawFn) -> str:
    """The text of a patch mail: a message, one to three files, a signature."""
    lines = ["Stones that nobody counts roll away.", "", "Signed-off-by: Ada <ada@quarry.example>"]
    lines += ["---", " mill/count.c | 9 ++++++---", " 1 file changed", ""]
    for number in range(draw(st.integers(1, 3))):
        path = f"mill/count{number}.c"
        lines += [f"diff --git a/{path} b/{path}", f"index 111111{number}..2222222 100644"]
        lines += [f"--- a/{path}", f"+++ b/{path}"]
        start = 7
        for _ in range(draw(st.integers(1, 3))):
            hunk, start = draw(hunks(start))
            lines += hunk
    return "\n".join([*lines, "-- ", "2.39.5", ""])


@st.composite
def commented(draw: st.DrawFn) -> tuple[str, tuple[Note, ...]]:
    """A patch, and comments on lines of its diff that are not blank."""
    text = draw(patch_texts())
    lines = text.split("\n")
    first = next(at for at, line in enumerate(lines) if line.startswith("diff --git "))
    end = len(lines) - 3
    usable = [at + 1 for at in range(first, end) if lines[at].strip()]
    chosen = draw(st.lists(st.sampled_from(usable), min_size=1, max_size=6, unique=True))
    return text, tuple(Note(at, draw(st.sampled_from(_WORDS))) for at in sorted(chosen))
