# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about the form and order of trailers."""

from __future__ import annotations

from collections.abc import Iterator

from maintainer_kit.checks.context import Look
from maintainer_kit.checks.example import ADA, BO, GOOD, ROBIN
from maintainer_kit.checks.finding import Edit, Fix, Hit, Severity
from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.placed_trailers import PlacedTrailer
from maintainer_kit.checks.rule import HEADS, patch_rule
from maintainer_kit.checks.signers import SIGNED, is_same, named_in
from maintainer_kit.checks.sources import GIT_TRAILERS, TIP, submitting_patches
from maintainer_kit.checks.trailer_block import first_gaps, sorted_block, strays
from maintainer_kit.checks.trailer_edits import (
    at_name,
    at_trailer,
    at_value,
    moved,
    removed,
    renamed,
    rewritten,
    shown,
)
from maintainer_kit.checks.trailer_names import KNOWN, PEOPLE, SPELT, combined, is_one_of, meant_by
from maintainer_kit.checks.trailer_values import flaw_of

_TAGS = submitting_patches("using-reported-by-tested-by-reviewed-by-suggested-by-and-fixes")
_MOST = 200
"""Trailers of one patch that are looked at."""


@patch_rule(
    "trailer-duplicate",
    Severity.WARNING,
    "The same trailer stands there twice.",
    why="A line that says nothing new makes the reader look for a difference. Mostly a tool added "
    "it once more, such as commit -s, or b4 after a trailer was taken by hand.",
    fix="Take the second one out.",
    source=_TAGS,
    aliases=("BAD_SIGN_OFF",),
    passes=GOOD.with_(
        trailers=f"Signed-off-by: {ROBIN}\nSigned-off-by: {ADA}\nSigned-off-by: {ROBIN}"
    ),
    fails=GOOD.with_(trailers=f"Reviewed-by: {BO}\nReviewed-by: {BO}\nSigned-off-by: {ADA}"),
)
def trailer_duplicate(patch: Patch, look: Look) -> Iterator[Hit]:
    seen: set[tuple[str, str]] = set()
    last_signer = ""
    for one in patch.trailers[:_MOST]:
        if not one.in_block or not one.value:
            continue
        key = (one.name, " ".join(one.value.split()).casefold())
        # A patch that comes back to somebody is signed by him again, below the others.
        again = key[1] == last_signer if one.name == SIGNED else key in seen
        if one.name == SIGNED:
            last_signer = key[1]
        seen.add(key)
        if again:
            words = f"'{one.name}: {shown(one.value)}' stands there twice"
            fix = Fix("take the second one out", (removed(patch, one),))
            yield Hit(words, at_trailer(patch, one), fix)


@patch_rule(
    "trailer-format",
    Severity.WARNING,
    "A trailer is not written as 'Name: value', or its address is damaged.",
    why="Trailers are read by programs: statistics, mail tools that copy people, the tools of "
    "stable maintainers. They know 'Signed-off-by: Name <user@host>', in this case, from the first "
    "column, with one space, and a remark only behind '#'.",
    fix="Write it as in 'Reviewed-by: Name <user@host> # what was looked at'.",
    source=_TAGS,
    aliases=("BAD_SIGN_OFF",),
    roles=HEADS,
    passes=GOOD.with_(trailers=f"Acked-by: {BO} # pebble\nSigned-off-by: {ADA}"),
    fails=GOOD.with_(trailers=f"Acked-By : {BO}\nSigned-off-by: {ADA}"),
)
def trailer_format(patch: Patch, look: Look) -> Iterator[Hit]:
    block = [one for one in patch.trailers[:_MOST] if one.in_block and one.name in SPELT]
    copies = [one for one in block if one.name == "Cc" and one.written != "Cc" and one.value]
    for one in block:
        if one not in copies:
            yield from _form(patch, one)
        if one.name in PEOPLE:
            yield from _person(patch, one)
    if copies:
        # Nobody minds, and who writes one so writes all so: said once, and softly.
        fix = Fix("write it as 'Cc: ...'", tuple(renamed(patch, one, "Cc") for one in copies))
        words = f"'{copies[0].written}' is spelt Cc"
        yield Hit(words, at_name(copies[0]), fix, Severity.INFO)


def _form(patch: Patch, one: PlacedTrailer) -> Iterator[Hit]:
    """What is wrong with the name and the space around it."""
    if not one.value:
        yield Hit(f"'{one.written}:' says nothing", at_trailer(patch, one), Fix("fill it in"))
        return
    fix = Fix(f"write it as '{one.name}: ...'", (renamed(patch, one, one.name),))
    if one.written != one.name:
        yield Hit(f"'{one.written}' is spelt {one.name}", at_name(one), fix)
    elif one.indent:
        yield Hit(f"'{one.name}:' does not begin its line", at_trailer(patch, one), fix)
    elif one.gap:
        yield Hit(f"there is space between {one.name} and its colon", at_name(one), fix)
    elif one.space != " " and len(one.value) < 500:
        words = "more than one" if one.space else "no"
        yield Hit(f"there is {words} space behind '{one.name}:'", at_name(one), fix)


def _person(patch: Patch, one: PlacedTrailer) -> Iterator[Hit]:
    """What is wrong with the person that it names."""
    flaw = flaw_of(one) if one.value else None
    if flaw is None:
        return
    words = f"{flaw.words} in '{one.name}: {shown(one.value)}'"
    edits = (rewritten(one, flaw.mended),) if flaw.mended else ()
    yield Hit(words, at_value(patch, one), Fix(flaw.advice, edits), flaw.severity)


@patch_rule(
    "trailer-unknown",
    Severity.INFO,
    "A trailer has a name that is not used here.",
    why="Programs look for the names that everybody uses. One that is misspelt, or invented for "
    "the occasion, gives its person no credit, and is not found when somebody searches for it.",
    fix="Use the name that people know; what does not fit one is said in the text.",
    source=TIP,
    aliases=("BAD_SIGN_OFF",),
    options={"strict": False, "unwanted": [], "instead": [], "also": []},
    passes=GOOD.with_(trailers=f"Helped-by: {BO}\nSigned-off-by: {ADA}"),
    fails=GOOD.with_(trailers=f"Reveiwed-by: {BO}\nSigned-off-by: {ADA}"),
)
def trailer_unknown(patch: Patch, look: Look) -> Iterator[Hit]:
    """``unwanted``: names that are known elsewhere; ``instead``: for some of them ``NAME=BETTER``;
    ``also``: names of this project's own; ``strict``: speak of all names that end in -by."""
    for one in patch.trailers[:_MOST]:
        if is_one_of(one.name, look.words("also")):
            continue
        if is_one_of(one.name, look.words("unwanted")):
            better = _instead(one.name, look.words("instead"))
            words = f"{one.name}: is not used here"
            fix = Fix(f"use {better}:" if better else "say it in the text")
            yield Hit(words, at_name(one), fix)
        elif near := meant_by(one.name):
            # Who signs is said by nobody but the author: not even a slip is mended for him.
            edits = () if near == SIGNED else (renamed(patch, one, near),)
            words = f"'{one.written}' is no name of a trailer; {near} is"
            yield Hit(words, at_name(one), Fix(f"write {near}:", edits))
        elif look.flag("strict") and one.in_block:
            yield from _not_used(one)


def _instead(name: str, pairs: tuple[str, ...]) -> str:
    found = (one.partition("=") for one in pairs)
    return next((better for old, _, better in found if old.lower() == name.lower()), "")


def _not_used(one: PlacedTrailer) -> Iterator[Hit]:
    if one.name in KNOWN or not one.name.endswith("-by"):
        return
    parts = combined(one.name)
    if parts:
        words = f"{one.name}: is several trailers in one"
        yield Hit(words, at_name(one), Fix(f"write {' and '.join(parts)}, a line each"))
    else:
        words = f"'{shown(one.written)}' is a trailer that hardly anybody uses"
        yield Hit(words, at_name(one), Fix("use Suggested-by:, Reported-by: or the text"))


@patch_rule(
    "trailer-split",
    Severity.WARNING,
    "Trailers stand apart from the others.",
    why="git takes only the last paragraph for trailers. One that stands higher up, or is parted "
    "from the others by a blank line, is text for it: interpret-trailers, shortlog and the tools "
    "that look for Fixes: pass it over.",
    fix="Put all trailers into one paragraph at the end.",
    source=GIT_TRAILERS,
    passes=GOOD.with_(trailers=f"Reviewed-by: {BO}\n[Bo: typo mended]\nSigned-off-by: {ADA}"),
    fails=GOOD.with_(trailers=f"Reviewed-by: {BO}\n\nSigned-off-by: {ADA}"),
)
def trailer_split(patch: Patch, look: Look) -> Iterator[Hit]:
    for gap in first_gaps(patch):
        words = f"a blank line parts '{gap.above}:' from the trailers below"
        yield Hit(words, gap.spot, Fix("take the blank line out", (gap.edit,)))
    for one in strays(patch)[:20]:
        words = f"'{one.name}:' does not stand in the last paragraph, where git looks for it"
        edits = () if one.name == SIGNED or not patch.prose else _to_block(patch, one)
        yield Hit(words, at_trailer(patch, one), Fix("move it to the other trailers", edits))


def _to_block(patch: Patch, one: PlacedTrailer) -> tuple[Edit, ...]:
    block = [x.index for x in patch.trailers if x.in_block]
    return moved(patch, one, block[0]) if block else ()


@patch_rule(
    "trailer-order",
    Severity.INFO,
    "The trailers are not in the order that the project keeps.",
    why="Maintainers who handle hundreds of patches find each trailer where it always stands. "
    "Tools that add them keep the order too, so that a list in another one is mixed up further.",
    fix="Sort them as the project has it.",
    source=TIP,
    options={
        "order": [
            "Fixes",
            "Reported-by",
            "Closes",
            "Originally-by",
            "Suggested-by",
            "Co-developed-by",
            "Signed-off-by",
            "Tested-by",
            "Reviewed-by",
            "Acked-by",
            "Cc",
            "Link",
        ]
    },
    passes=GOOD.with_(
        trailers=f"Suggested-by: {ROBIN}\nSigned-off-by: {ADA}\nReviewed-by: {BO}\n"
        f"Signed-off-by: {ROBIN}"
    ),
    fails=GOOD.with_(trailers=f"Reviewed-by: {BO}\nSigned-off-by: {ADA}"),
)
def trailer_order(patch: Patch, look: Look) -> Iterator[Hit]:
    order = look.words("order")
    found = sorted_block(patch, order)
    if found:
        words = f"{found.late.name}: stands below {found.early.name}:, and goes above it here"
        fix = Fix("sort the trailers", (found.edit,) if found.edit else ())
        yield Hit(words, at_trailer(patch, found.late), fix)


@patch_rule(
    "review-tag-own",
    Severity.WARNING,
    "The author reviews the author's own patch.",
    why="Reviewed-by: says that somebody else has read the change. An author's own tag tells a "
    "maintainer that there was a second pair of eyes where there was none.",
    fix="Take it out: the sign-off says already that its author stands behind the change.",
    source=submitting_patches("reviewer-s-statement-of-oversight"),
    passes=GOOD.with_(trailers=f"Reviewed-by: {BO}\nSigned-off-by: {ADA}"),
    fails=GOOD.with_(trailers=f"Reviewed-by: {ADA}\nSigned-off-by: {ADA}"),
)
def review_tag_own(patch: Patch, look: Look) -> Iterator[Hit]:
    if not patch.author.address:
        return
    shared = bool(patch.named("Co-developed-by"))
    for one in patch.named("Reviewed-by")[:_MOST]:
        # With several authors each can have read the others' part.
        if not shared and is_same(patch.author, named_in(one), look.people):
            yield Hit("the author's own Reviewed-by:", at_trailer(patch, one), Fix("take it out"))
