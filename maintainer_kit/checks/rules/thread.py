# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about threads and revisions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maintainer_kit.checks.context import Look, Need
from maintainer_kit.checks.example import COVER, GOOD, Example
from maintainer_kit.checks.finding import Edit, Fix, Hit, Part, Severity
from maintainer_kit.checks.patch import Origin, in_header, in_subject
from maintainer_kit.checks.rule import series_rule
from maintainer_kit.checks.series import Earlier, EarlierPatch, Pending, Series
from maintainer_kit.checks.sources import GIT_SUBMITTING, NETDEV, submitting_patches
from maintainer_kit.checks.trailer_edits import shown

_HOUR = 3600
_SENT = frozenset({Origin.MAIL})
_RESEND = re.compile(r"(?i)\bre-?send\b")
_SAME = 0.999
_SHOWN = 3
_DROPPED = re.compile(
    r"\b(?:drop(?:ped|s|ping)?|remov(?:e|ed|es|ing)|omit(?:s|ted)?|squash(?:ed|es)?|fold(?:ed|s)?|"
    r"merg(?:e|ed|es)|appl(?:y|ied)|queued|split|separate(?:d|ly)?|left out|picked|rework(?:ed)?|"
    r"upstream(?:ed)?|no longer|only)\b",
    re.IGNORECASE,
)
_LONG = 300

_FIX = GOOD.subject.partition("] ")[2]
_SAY = "pebble: say which block cannot be read"
_PATHS = ("fs/pebble/super.c", "fs/pebble/block.c")


def _part(number: int, prefix: str, hours: int, parent: Example | None = None) -> Example:
    """A patch of a posting of two."""
    title = (_FIX, _SAY)[number - 1]
    diff = GOOD.diff.replace(_PATHS[0], _PATHS[number - 1])
    if number == 2:
        diff = diff.replace("pebble_put(sb)", "pebble_say(sb, block)")
    headers = {"In-Reply-To": f"<{parent.message_id}>"} if parent else {}
    subject = f"[{prefix} {number}/2] {title}"
    return GOOD.with_(subject=subject, diff=diff, hours=hours, headers=headers)


def _posting(prefix: str, hours: int, parent: Example | None = None) -> tuple[Example, ...]:
    """Cover letter and two patches below it."""
    headers = {"In-Reply-To": f"<{parent.message_id}>"} if parent else {}
    subject = f"[{prefix} 0/2] pebble: mounts that fail"
    cover = COVER.with_(subject=subject, hours=hours, headers=headers)
    return (cover, *(_part(number, prefix, hours, cover) for number in (1, 2)))


def _again(prefix: str, hours: int, parent: Example | None = None) -> Example:
    """A second posting, of which the index knows the first."""
    first, *rest = _posting(prefix, hours, parent)
    return first.with_(rest=tuple(rest), earlier=_V1)


_V1 = _posting("PATCH", 0)
_SENT_ONCE = GOOD.with_(
    diff=GOOD.diff.replace("-12,4 +12,5", "-12,4 +12,8").replace(
        "+\tpebble_put(sb);\n",
        "+\tpebble_put(sb);\n+\tpebble_say(sb, error);\n+\tsb->s_block = NULL;\n"
        "+\tsb->s_error = error;\n",
    )
)
_RESENT = _SENT_ONCE.with_(subject=f"[PATCH RESEND] {_FIX}", hours=400, earlier=(_SENT_ONCE,))


def _answered(series: Series, earlier: Earlier) -> str:
    """The mail of the older posting whose thread this one was sent into; else empty."""
    first = series.first
    parents = first.parents if first else ()
    return next((one for one in parents if one in earlier.message_ids), "")


def _is_partial(series: Series, earlier: Earlier) -> bool:
    """Whether it replaces single patches of the older posting."""
    total = max((one.subject.total or 1 for _, one in series.heads()), default=1)
    return series.cover is None and len(series.patches) < max(total, len(earlier.patches))


@series_rule(
    "thread-version-reply",
    Severity.WARNING,
    "A new version was sent as an answer to the old one.",
    why="Below an old thread a new version is easily overlooked, and the old reviews hang above "
    "it. People who collect patches from a list look for series that begin a thread.",
    fix="Send it without --in-reply-to, and link to the old version in the cover letter.",
    source=submitting_patches("explicit-in-reply-to-headers"),
    origins=_SENT,
    needs=(Need.EARLIER,),
    passes=_again("PATCH v2", 100),
    fails=_again("PATCH v2", 100, _V1[0]),
)
def thread_version_reply(series: Series, look: Look) -> Iterator[Hit]:
    earlier = series.earlier
    if earlier is None or series.revision < 2 or _is_partial(series, earlier):
        return
    if _answered(series, earlier):
        yield Hit(
            f"v{series.revision} was sent into the thread of v{earlier.revision}",
            in_header("in-reply-to"),
            Fix(f"begin a new thread, and link to v{earlier.revision} in it"),
        )


@series_rule(
    "thread-version-detached",
    Severity.INFO,
    "A new version does not answer the old one.",
    why="On this list all versions of a series are kept in one thread, so that a reviewer finds "
    "what was said before.",
    fix="git send-email --in-reply-to=ID, with the Message-ID of the old cover letter.",
    source=GIT_SUBMITTING,
    origins=_SENT,
    needs=(Need.EARLIER,),
    passes=_again("PATCH v2", 100, _V1[0]),
    fails=_again("PATCH v2", 100),
)
def thread_version_detached(series: Series, look: Look) -> Iterator[Hit]:
    earlier = series.earlier
    if earlier is None or series.revision < 2 or (series.first and series.first.parents):
        return
    yield Hit(
        f"v{series.revision} does not answer v{earlier.revision}",
        fix=Fix(f"git send-email --in-reply-to='<{min(earlier.message_ids)}>'"),
    )


@series_rule(
    "repost-too-soon",
    Severity.INFO,
    "The series is posted again before people in other time zones could read it.",
    why="Reviewers sleep, and work on other things. A new version each few hours splits the "
    "reviews over several threads, and nobody knows which one is still worth an answer.",
    fix="Wait at least a day after the last version, and longer for a long series.",
    source=NETDEV,
    options={"hours": 24},
    needs=(Need.EARLIER,),
    passes=_again("PATCH v2", 24),
    fails=_again("PATCH v2", 5),
)
def repost_too_soon(series: Series, look: Look) -> Iterator[Hit]:
    earlier = series.earlier
    if earlier is None or not earlier.posted or _is_partial(series, earlier):
        return
    gap = series.posted - earlier.posted
    if 0 <= gap < look.number("hours") * _HOUR:
        words = f"v{earlier.revision} was posted only {_hours(gap)} before"
        yield Hit(words, in_subject(), Fix("wait for reviews of the last version"))


def _hours(seconds: int) -> str:
    hours = seconds // _HOUR
    return f"{hours} hours" if hours > 1 else f"{seconds // 60} minutes"


@series_rule(
    "partial-resend",
    Severity.WARNING,
    "A new version leaves out patches of the last one.",
    why="A series is applied as a whole, from one thread. Where some patches are to be taken from "
    "the old version and some from the new, tools take the wrong ones.",
    fix="Post the whole series again; where patches were dropped on purpose, say which and why.",
    source=NETDEV,
    needs=(Need.EARLIER,),
    passes=_again("PATCH v2", 100),
    fails=_part(1, "PATCH v2", 100, _V1[0]).with_(earlier=_V1),
)
def partial_resend(series: Series, look: Look) -> Iterator[Hit]:
    earlier = series.earlier
    if earlier is None or len(series.patches) >= len(earlier.patches):
        return
    lost = [one for one in earlier.patches if one.counterpart is None]
    kept = len(earlier.patches) - len(lost)
    if not lost or not kept or _explains(series, lost):
        return
    listed = ", ".join(f"'{shown(one.title)}'" for one in lost[:_SHOWN])
    more = f" and {len(lost) - _SHOWN} more" if len(lost) > _SHOWN else ""
    words = f"v{earlier.revision} had {listed}{more}, which this version has not"
    yield Hit(words, in_subject(), Fix("post the whole series, or say what became of the rest"))


def _explains(series: Series, lost: list[EarlierPatch]) -> bool:
    """Whether the text speaks of patches that went."""
    titles = [one.title.lower() for one in lost if one.title]
    for _, patch in series.heads():
        for line in (*(patch.body if patch is series.cover else ()), *patch.notes):
            short = line[:_LONG]
            if _DROPPED.search(short) or any(one in short.lower() for one in titles):
                return True
    return False


@series_rule(
    "resend-modified",
    Severity.WARNING,
    "A RESEND is not the same as what was sent before.",
    why="RESEND says: the same again, nobody needs to read it anew. If anything was changed, it is "
    "a new version, and its number and list of changes tell the reviewers so.",
    fix="Call it the next version instead of RESEND, and say what changed.",
    source=submitting_patches("don-t-get-discouraged-or-impatient"),
    needs=(Need.EARLIER,),
    passes=_RESENT,
    fails=_RESENT.with_(diff=_RESENT.diff.replace("pebble_put(sb)", "pebble_release(sb)")),
)
def resend_modified(series: Series, look: Look) -> Iterator[Hit]:
    earlier = series.earlier
    if earlier is None or series.first is None or not series.first.subject.resend:
        return
    if series.revision != earlier.revision:
        return
    shift = 1 if series.cover else 0
    for one in earlier.patches:
        if one.counterpart is None or one.likeness >= _SAME:
            continue
        patch = series.patches[one.counterpart]
        new = _RESEND.sub(f"v{series.revision + 1}", patch.title_line, count=1)
        edits = (Edit(Part.SUBJECT, 0, 1, (new,)),) if series.revision == 1 else ()
        yield Hit(
            f"called RESEND, but its diff differs from that of v{earlier.revision}",
            in_subject(),
            Fix(f"call it v{series.revision + 1}", edits),
            patch=one.counterpart + shift,
        )


_OTHER = GOOD.with_(
    subject="[PATCH] pebble: read the super block twice",
    sender="Cleo Coder <cleo@basalt.example>",
    trailers="Signed-off-by: Cleo Coder <cleo@basalt.example>",
    diff=GOOD.diff.replace("+\tpebble_put(sb);", "+\terror = error ?: pebble_read(sb);"),
)


@series_rule(
    "pending-overlap",
    Severity.INFO,
    "Another series that waits changes the same lines.",
    why="One of the two will not apply once the other is in. Their authors and the maintainer had "
    "better know of each other before that.",
    fix="Look at the other series: build on it, or tell its author and the maintainer.",
    source=submitting_patches("providing-base-tree-information"),
    needs=(Need.ARCHIVE,),
    passes=GOOD.with_(
        hours=50, earlier=(_OTHER.with_(diff=_OTHER.diff.replace("super.c", "inode.c")),)
    ),
    fails=GOOD.with_(hours=50, earlier=(_OTHER,)),
)
def pending_overlap(series: Series, look: Look) -> Iterator[Hit]:
    shift = 1 if series.cover else 0
    seen: set[tuple[int, str]] = set()
    for one in series.pending:
        if (one.patch, one.topic_id) in seen:
            continue
        seen.add((one.patch, one.topic_id))
        yield Hit(_overlap(one), fix=Fix(f"mkit show {one.topic_id}"), patch=one.patch + shift)


def _overlap(one: Pending) -> str:
    who = one.author.name or one.author.address
    return f"'{shown(one.subject)}' by {shown(who)} changes {one.path}:{one.line} too"
