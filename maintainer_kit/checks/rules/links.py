# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about Link: and Closes:."""

from __future__ import annotations

from collections.abc import Iterator

from maintainer_kit.checks.archive_links import lasting, message_id_in, old_archive
from maintainer_kit.checks.context import Look
from maintainer_kit.checks.example import ADA, BO, GOOD
from maintainer_kit.checks.finding import Fix, Hit, Severity
from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.placed_trailers import PlacedTrailer
from maintainer_kit.checks.rule import MAILS, patch_rule
from maintainer_kit.checks.signers import is_same, named_in
from maintainer_kit.checks.sources import checkpatch, posting_patches
from maintainer_kit.checks.trailer_edits import at_name, at_trailer, at_value, rewritten, shown
from maintainer_kit.checks.trailer_names import is_one_of

_SIGNED = f"Signed-off-by: {ADA}"
_REPORT = "https://lore.kernel.org/r/20260101120000.1-1-bo@shale.example"
_MOST = 100


@patch_rule(
    "link-invalid",
    Severity.WARNING,
    "A Link: or Closes: leads nowhere, or to an archive that may go away.",
    why="Links are followed for decades, by people and by programs. What has no address that a "
    "browser takes, hides behind a name that no tool knows, or lies in an archive that is not "
    "keyed by Message-ID, is lost when its server is.",
    fix="Write Link: https://lore.kernel.org/r/MESSAGE-ID, or Closes: with the report's address.",
    source=checkpatch("COMMIT_LOG_USE_LINK"),
    aliases=("COMMIT_LOG_WRONG_LINK", "COMMIT_LOG_USE_LINK", "PREFER_LORE_ARCHIVE"),
    options={
        "tags": ["Link", "Closes", "Patchwork", "Message-id", "Datasheet", "Fixes"],
        "archives": True,
    },
    passes=GOOD.with_(trailers=f"Link: {_REPORT} # [1]\n{_SIGNED}"),
    fails=GOOD.with_(trailers=f"Link: <20260101120000.1-1-bo@shale.example>\n{_SIGNED}"),
)
def link_invalid(patch: Patch, look: Look) -> Iterator[Hit]:
    """``tags``: the trailers in which addresses may stand; ``archives``: speak of those that
    keep no Message-IDs."""
    for one in patch.trailers[:_MOST]:
        if not one.in_block or not one.value:
            continue
        if one.name in ("Link", "Closes"):
            yield from _address(patch, one, look)
        elif _has_address(one) and not is_one_of(one.name, look.words("tags")):
            words = f"tools do not know '{shown(one.written)}:' as a link"
            fix = Fix("write Link:, or Closes: when the patch settles the report")
            yield Hit(words, at_name(one), fix)


def _has_address(one: PlacedTrailer) -> bool:
    return one.value.startswith(("http://", "https://")) and not one.name.endswith("-by")


def _address(patch: Patch, one: PlacedTrailer, look: Look) -> Iterator[Hit]:
    """What is wrong with the address of a Link: or Closes:."""
    url, _, rest = one.value.partition(" ")
    better = lasting(url)
    if better:
        value = f"{better} {rest}".rstrip()
        words = f"'{shown(url)}' is better written as {shown(better)}"
        fix = Fix(f"write {one.name}: {shown(better)}", (rewritten(one, value),))
        yield Hit(words, at_value(patch, one), fix)
    elif not url.lower().startswith(("http://", "https://")) or "." not in url[8:]:
        words = f"{one.name}: holds no address: '{shown(one.value)}'"
        yield Hit(words, at_value(patch, one), Fix("write an address that begins with https://"))
    elif look.flag("archives") and (host := old_archive(url)):
        words = f"{host} does not tell the Message-ID, and may go away"
        fix = Fix("find the mail on lore.kernel.org, and link it by its Message-ID")
        yield Hit(words, at_value(patch, one), fix)


@patch_rule(
    "link-to-self",
    Severity.WARNING,
    "Link: leads to the mail in which it stands.",
    why="A link is for what the commit message does not say: the report, the discussion, the "
    "reasons of others. To the patch itself the maintainer's tools can add one when they apply "
    "it; from its author it is a dead end, and is wrong with the next revision.",
    fix="Take it out, or link what a reader should know.",
    source=posting_patches(),
    origins=MAILS,
    passes=GOOD.with_(trailers=f"Link: {_REPORT}\n{_SIGNED}"),
    fails=GOOD.with_(
        trailers=f"Link: https://patch.msgid.link/20260105090000.7-1-ada@quarry.example\n{_SIGNED}",
        headers={"Message-ID": "<20260105090000.7-1-ada@quarry.example>"},
    ),
)
def link_to_self(patch: Patch, look: Look) -> Iterator[Hit]:
    links = patch.named("Link")[:_MOST]
    if not links or not patch.message_id:
        return
    cover = look.series.cover
    own = {patch.message_id, (cover.message_id or "") if cover else ""}
    for one in links:
        message_id = message_id_in(one.value)
        if message_id and message_id in own:
            what = "this mail itself" if message_id == patch.message_id else "its cover letter"
            words = f"Link: leads to {what}"
            yield Hit(words, at_value(patch, one), Fix("link what the message does not say"))


@patch_rule(
    "report-no-closes",
    Severity.WARNING,
    "Reported-by: is not followed by the address of the report.",
    why="Who reads the commit wants to see the report: how the bug shows, on what machine, and "
    "whether the fix was tried. Regression trackers close a report by this link.",
    fix="Put Closes: with the report's address on the next line, or Link: when the patch mends "
    "only a part of it.",
    source=checkpatch("BAD_REPORTED_BY_LINK"),
    aliases=("BAD_REPORTED_BY_LINK",),
    passes=GOOD.with_(trailers=f"Reported-by: {BO}\nCloses: {_REPORT}\n{_SIGNED}"),
    fails=GOOD.with_(trailers=f"Reported-by: {BO}\n{_SIGNED}"),
)
def report_no_closes(patch: Patch, look: Look) -> Iterator[Hit]:
    reports = patch.named("Reported-by", "Reported-and-tested-by")[:_MOST]
    if not reports or patch.named("Closes"):
        return
    links = {one.index for one in patch.named("Link")}
    for one in reports:
        # Several people may have reported the same: the link follows the last of them.
        below = one.index + one.count
        if below in links or any(other.index == below for other in reports):
            continue
        if not is_same(named_in(one), patch.author, look.people):
            words = f"no Closes: or Link: follows '{shown(f'{one.name}: {one.value}')}'"
            yield Hit(words, at_trailer(patch, one), Fix("link the report: Closes: https://..."))
