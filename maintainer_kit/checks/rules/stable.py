# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about patches for stable trees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maintainer_kit.checks.context import Look
from maintainer_kit.checks.example import ADA, GOOD, LIST, ROBIN
from maintainer_kit.checks.finding import Edit, Fix, Hit, Part, Severity
from maintainer_kit.checks.patch import Patch, in_body, in_header
from maintainer_kit.checks.placed_trailers import PlacedTrailer
from maintainer_kit.checks.rule import MAILS, patch_rule
from maintainer_kit.checks.sources import STABLE_RULES
from maintainer_kit.checks.stable_cc import better_cc, is_stable
from maintainer_kit.checks.trailer_edits import at_value, rewritten, shown
from maintainer_kit.checks.upstream import Upstream, upstream_of

_SIGNED = f"Signed-off-by: {ADA}"
_SHA = "c71f05609fb5c0a4fb618efec5737cebcba78620"


@patch_rule(
    "stable-cc-format",
    Severity.WARNING,
    "Cc: stable is not written as 'Cc: stable@vger.kernel.org # 5.15.x'.",
    why="The stable maintainers' scripts search Linus' tree for this line. They find the bare "
    "address, and read behind '#' since when the fix is needed; +noautosel tells them to leave a "
    "patch alone, and they want to know why.",
    fix="Write Cc: stable@vger.kernel.org, with a remark behind '#' if there is one.",
    source=STABLE_RULES,
    aliases=("BAD_STABLE_ADDRESS_STYLE", "STABLE_ADDRESS"),
    passes=GOOD.with_(
        trailers=f"Cc: <stable@vger.kernel.org> # 5.15+: needs pebble_put()\n{_SIGNED}"
    ),
    fails=GOOD.with_(trailers=f"Cc: Stable <stable@vger.kernel.org> (5.15+)\n{_SIGNED}"),
)
def stable_cc_format(patch: Patch, look: Look) -> Iterator[Hit]:
    for one in patch.named("Cc")[:100]:
        if not is_stable(one.value):
            continue
        found = better_cc(one.value)
        if found:
            words = f"{found.words}: '{shown(one.value)}'"
            edits = (rewritten(one, found.mended),) if found.mended else ()
            advice = f"write Cc: {found.mended}" if found.mended else found.advice
            yield Hit(words, at_value(patch, one), Fix(advice, edits), found.severity)


@patch_rule(
    "stable-upstream-ref",
    Severity.ERROR,
    "A patch for a stable tree does not say which commit of Linus' tree it is.",
    why="Stable trees take what is upstream already. The first line of the text says which commit "
    "it is, so that reviewers can compare the two, and later fixes find their way.",
    fix="Begin the text with 'commit ID upstream.', with the whole id; a fix for the stable tree "
    "alone says why it is not upstream.",
    source=STABLE_RULES,
    options={"lines": 100},
    passes=GOOD.with_(body=f"commit {_SHA} upstream.\n\n{GOOD.body}"),
    fails=GOOD,
)
def stable_upstream_ref(patch: Patch, look: Look) -> Iterator[Hit]:
    """``lines``: how long a patch may be, with context."""
    if _is_release(patch) or patch.is_merge:
        return
    yield from _reference(patch, upstream_of(patch))
    limit = look.number("lines")
    count = _diff_lines(patch) if patch.diff_text.count("\n") > limit else 0
    if count > limit:
        words = f"the patch has {count} lines with context; stable trees take up to {limit}"
        yield Hit(words, fix=Fix("backport only what mends the bug"), severity=Severity.WARNING)


def _reference(patch: Patch, found: Upstream) -> Iterator[Hit]:
    if found.is_own:
        return
    if not found.commit:
        words = "it does not say which commit upstream it is"
        yield Hit(words, fix=Fix("begin the text with 'commit ID upstream.'"))
    elif not found.is_formal:
        words = f"'{shown(found.line)}' is not 'commit ID upstream.'"
        yield Hit(words, in_body(found.index), _formal(found), Severity.WARNING)
    elif len(found.commit) < 40:
        words = f"the id upstream has {len(found.commit)} digits, not 40"
        yield Hit(words, in_body(found.index), Fix("write the whole id"), Severity.WARNING)


def _formal(found: Upstream) -> Fix:
    """The usual first line, where the whole id is known."""
    if len(found.commit) < 40:
        return Fix("begin the text with 'commit ID upstream.'")
    first = f"commit {found.commit} upstream."
    return Fix(f"begin with '{shown(first)}'", (Edit(Part.BODY, 0, 0, (first, "")),))


def _is_release(patch: Patch) -> bool:
    """Whether it is the commit of a release, which exists nowhere else."""
    return re.match(r"Linux \d", patch.title) is not None


def _diff_lines(patch: Patch) -> int:
    """Lines of all hunks, context included."""
    return sum(
        1
        for line in patch.diff_lines
        if line[:1] in ("+", "-", " ") and not line.startswith(("+++ ", "--- ")) and line != "-- "
    )


@patch_rule(
    "stable-mailed-directly",
    Severity.INFO,
    "A patch that is not upstream yet is mailed to the stable list.",
    why="Mail to stable@ asks its maintainers to take a patch that Linus' tree has already. One "
    "that is not there yet carries Cc: stable among its trailers: it then comes to them by itself "
    "once it is merged.",
    fix="Take stable@ out of the recipients, and add Cc: stable@vger.kernel.org to the trailers.",
    source=STABLE_RULES,
    origins=MAILS,
    passes=GOOD.with_(
        trailers=f"Cc: stable@vger.kernel.org\n{_SIGNED}",
        headers={"Cc": "stable@vger.kernel.org"},
    ),
    fails=GOOD.with_(headers={"To": f"stable@vger.kernel.org, {ROBIN}, {LIST}"}),
)
def stable_mailed_directly(patch: Patch, look: Look) -> Iterator[Hit]:
    where = _header_of_stable(patch)
    if not where or upstream_of(patch).commit or upstream_of(patch).is_own:
        return
    if where == "cc" and any(is_stable(one.value) for one in patch.named("Cc")):
        return  # git send-email copies it there
    words = f"stable@ is in {where.capitalize()}:, and no commit upstream is named"
    fix = Fix("write Cc: stable@vger.kernel.org among the trailers instead", _as_trailer(patch))
    yield Hit(words, in_header(where), fix)


def _header_of_stable(patch: Patch) -> str:
    for name, people in (("to", patch.to), ("cc", patch.cc)):
        if any(one.key == "stable@vger.kernel.org" for one in people):
            return name
    return ""


def _as_trailer(patch: Patch) -> tuple[Edit, ...]:
    """The trailer put in front of the first sign-off."""
    signed: PlacedTrailer | None = next(iter(patch.named("Signed-off-by")), None)
    if signed is None or any(is_stable(one.value) for one in patch.named("Cc")):
        return ()
    return (Edit(Part.BODY, signed.index, 0, ("Cc: stable@vger.kernel.org",)),)
