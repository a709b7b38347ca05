# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about what earlier revisions were given and asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from maintainer_kit.checks.context import Look, Need
from maintainer_kit.checks.example import ADA, BO, GOOD, Example
from maintainer_kit.checks.finding import Fix, Hit, Severity
from maintainer_kit.checks.patch import Patch, in_header, in_subject
from maintainer_kit.checks.rule import series_rule
from maintainer_kit.checks.series import EarlierPatch, Series
from maintainer_kit.checks.sources import submitting_patches
from maintainer_kit.checks.trailer_edits import at_trailer, shown
from maintainer_kit.model.mail.mailmap import People
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.bots import find_bot
from maintainer_kit.model.message.trailer import Trailer

_DAY = 86400
_HOUR = 3600
_SHOWN = 3
_LONG = 300
_SAID = re.compile(
    r"\b(?:drop(?:ped|ping|s)?|remov(?:ed?|es|ing)|clear(?:ed|ing)?|reset|strip(?:ped)?|"
    r"omit(?:ted)?|discard(?:ed|ing)?|(?:did|have|do)(?: not|n't) (?:add|carr|pick|appl|keep|take|"
    r"collect|include)\w*|not (?:carr|pick|kept|taken|added|collected|included)\w*)\b"
)
_TAGS = re.compile(r"\b(?:(?:r-?o?-?b|a-?b|t-?b|rvb|acks?|tags?|reviews?|trailers?)s?|\w+ed-by)\b")
_TAGGING = submitting_patches("using-reported-by-tested-by-reviewed-by-suggested-by-and-fixes")
_RESPOND = submitting_patches("respond-to-review-comments")

_V2 = GOOD.with_(subject=GOOD.subject.replace("PATCH", "PATCH v2"), hours=100)
_REVIEWED = f"Reviewed-by: {BO}"


def _answer(text: str, hours: int = 10, sender: str = BO) -> Example:
    """A mail to the first version."""
    return GOOD.with_(
        subject=f"Re: {GOOD.subject}",
        sender=sender,
        body=text,
        trailers="",
        diff="",
        hours=hours,
        headers={"In-Reply-To": f"<{GOOD.message_id}>"},
    )


_KEPT = f"{_REVIEWED}\nSigned-off-by: {ADA}"
_TAGGED = (GOOD, _answer(f"Looks right.\n\n{_REVIEWED}"))
_REWORKED = GOOD.diff.replace(
    "+\tpebble_put(sb);\n", "+\tif (error)\n+\t\tpebble_release(sb, sb->s_block);\n"
).replace("+12,5", "+12,6")


@series_rule(
    "review-tag-dropped",
    Severity.WARNING,
    "A tag that a reviewer gave to the last version is missing.",
    why="A reviewer spent time on this patch and said so. A tag that is lost has to be given "
    "again, and looks as if the review did not count. Where the patch changed so much that the tag "
    "no longer holds, reviewers want to read that.",
    fix="Take the tag over into the commit message, or say below the --- why it was dropped.",
    source=_TAGGING,
    options={"alike": 70},
    needs=(Need.EARLIER,),
    passes=_V2.with_(trailers=_KEPT, earlier=_TAGGED),
    fails=_V2.with_(earlier=_TAGGED),
)
def review_tag_dropped(series: Series, look: Look) -> Iterator[Hit]:
    found: dict[tuple[tuple[Trailer, ...], bool], list[int]] = {}
    senders, told = _senders(series), _says_dropped(_cover(series))
    for at, patch, older in _pairs(series):
        lost = tuple(
            one
            for one in older.given
            if not _has(patch, one, look.people) and not _is_ours(one, senders, look.people)
        )
        if lost and not told and not _says_dropped(patch.notes):
            changed = older.likeness * 100 < look.number("alike")
            found.setdefault((lost, changed), []).append(at)
    for (lost, changed), places in found.items():
        # What was given to the whole series is said once.
        for group in [places] if len(places) > _SHOWN else [[at] for at in places]:
            yield _dropped(series, lost, changed, group)


def _dropped(series: Series, lost: Sequence[Trailer], changed: bool, places: Sequence[int]) -> Hit:
    listed = ", ".join(shown(f"{one.name}: {one.value}") for one in lost[:_SHOWN])
    more = f" and {len(lost) - _SHOWN} more" if len(lost) > _SHOWN else ""
    which = f", and {len(places)} patches have not" if len(places) > 1 else ", which this has not"
    words = (
        "say below the --- that it was dropped, as the patch has changed"
        if changed
        else "take it over from the list, or say why not"
    )
    return Hit(
        f"{_version(series)} was given {listed}{more}{which}",
        in_subject(),
        Fix(words),
        Severity.INFO if changed else None,
        places[0],
    )


@series_rule(
    "review-tag-stale",
    Severity.INFO,
    "A tag was kept though the patch is hardly the one that it was given to.",
    why="A Reviewed-by: speaks for the very change that its giver has read. On a patch that was "
    "mostly written anew it says something that nobody has said.",
    fix="Drop the tag and say so below the ---, or ask its giver whether it still holds.",
    source=_TAGGING,
    options={"alike": 50},
    needs=(Need.EARLIER,),
    passes=_V2.with_(trailers=_KEPT, earlier=_TAGGED),
    fails=_V2.with_(trailers=_KEPT, diff=_REWORKED, earlier=_TAGGED),
)
def review_tag_stale(series: Series, look: Look) -> Iterator[Hit]:
    for at, patch, older in _pairs(series):
        if older.likeness * 100 >= look.number("alike"):
            continue
        for one in patch.trailers:
            if one.trailer.reviews and _is_among(one.trailer, older.given, look.people):
                words = (
                    f"{shown(one.trailer.person.name or one.value)} gave this to "
                    f"{_version(series)}, of which {round(older.likeness * 100)} % is left"
                )
                yield Hit(words, at_trailer(patch, one), Fix("drop it, or ask again"), patch=at)


@series_rule(
    "review-tag-unbacked",
    Severity.WARNING,
    "A review tag that nobody gave by mail.",
    why="Only its giver can give such a tag. One that cannot be found in the archive may have been "
    "given in private, or misunderstood, or made up: maintainers want to see where it comes from.",
    fix="Ask the reviewer to give it on the list, or say below the --- where it was given.",
    source=_TAGGING,
    needs=(Need.ARCHIVE, Need.EARLIER),
    passes=_V2.with_(trailers=_KEPT, earlier=_TAGGED),
    fails=_V2.with_(trailers=_KEPT, earlier=(GOOD, _answer("Why is it given back here?"))),
)
def review_tag_unbacked(series: Series, look: Look) -> Iterator[Hit]:
    archived = series.archived or frozenset()
    senders = _senders(series)
    shift = 1 if series.cover else 0
    for at, patch in enumerate(series.patches, shift):
        for one in patch.trailers:
            keys = look.people.keys(one.trailer.person) if one.trailer.reviews else frozenset()
            if not keys or _is_ours(one.trailer, senders, look.people):
                continue
            if find_bot(one.trailer.person):  # it may have answered its author alone
                continue
            if any(f"{name}: {key}" in archived for name in one.trailer.reviews for key in keys):
                continue
            yield Hit(
                f"no mail gives this {one.name} of {shown(str(one.trailer.person))}",
                at_trailer(patch, one),
                Fix("ask for it on the list, or say where it was given"),
                patch=at,
            )


@series_rule(
    "repost-unsettled",
    Severity.WARNING,
    "A new version comes while the last one is still talked about.",
    why="A question without an answer, or a review of yesterday, means that more is to come. A new "
    "version cuts that talk off, and the next review is of something that will change once more.",
    fix="Answer what was asked, wait until nobody writes any more, then post the new version.",
    source=_RESPOND,
    options={"days": 2},
    needs=(Need.EARLIER,),
    passes=_V2.with_(earlier=_TAGGED),
    fails=_V2.with_(earlier=(GOOD, _answer("Who else holds this buffer?"))),
)
def repost_unsettled(series: Series, look: Look) -> Iterator[Hit]:
    earlier = series.earlier
    if earlier is None:
        return
    for one in earlier.questions[:_SHOWN]:
        about = f" about '{shown(one.title)}'" if one.title else ""
        who = shown(one.person.name or one.person.address)
        yield Hit(
            f"{who} asked{about}, and has no answer",
            in_subject(),
            Fix(f"answer {one.message_id}"),
        )
    gap = series.posted - earlier.last_mail
    if not earlier.questions and earlier.last_mail and 0 <= gap < look.number("days") * _DAY:
        who = shown(earlier.last_writer.name or earlier.last_writer.address)
        words = f"{who} wrote about {_version(series)} only {_ago(gap)} before"
        yield Hit(words, in_subject(), Fix("wait until the reviews have settled"))


def _ago(seconds: int) -> str:
    hours = seconds // _HOUR
    return f"{hours} hours" if hours > 1 else f"{seconds // 60} minutes"


@series_rule(
    "reviewers-not-copied",
    Severity.INFO,
    "Somebody who answered the last version does not get this one.",
    why="Who has read a patch once is the best reader of its next version, and wants to see what "
    "became of the remarks.",
    fix="Add them to Cc.",
    source=_RESPOND,
    needs=(Need.EARLIER,),
    passes=_V2.with_(headers={"Cc": BO}, earlier=_TAGGED),
    fails=_V2.with_(earlier=_TAGGED),
)
def reviewers_not_copied(series: Series, look: Look) -> Iterator[Hit]:
    there = {one for _, head in series.heads() for one in (*head.to, *head.cc)}
    earlier = series.earlier
    if earlier is None or not there:
        return
    there.update(person for _, head in series.heads() for person in (head.author, head.submitter))
    keys = frozenset[str]().union(*map(look.people.keys, there))
    for person in earlier.commenters:
        if keys.isdisjoint(look.people.keys(person)) and find_bot(person) is None:
            words = f"{shown(str(person))} answered {_version(series)}, and is not in Cc"
            yield Hit(words, in_header("cc"), Fix(f"Cc: {shown(str(person))}"))


def _pairs(series: Series) -> Iterator[tuple[int, Patch, EarlierPatch]]:
    """Each patch by its index in ``Series.all``, with the one that it goes on from."""
    shift = 1 if series.cover else 0
    for older in series.earlier.patches if series.earlier else ():
        if older.counterpart is not None:
            yield older.counterpart + shift, series.patches[older.counterpart], older


def _version(series: Series) -> str:
    earlier = series.earlier
    if earlier is None:
        return "the last version"
    if earlier.revision == series.revision and earlier.posted:
        return f"the posting of {datetime.fromtimestamp(earlier.posted, UTC):%Y-%m-%d}"
    return f"v{earlier.revision}"


def _has(patch: Patch, given: Trailer, people: People) -> bool:
    """Whether a patch holds a tag of that kind, or one that says more, of that person."""
    own = tuple(one.trailer for one in patch.trailers if one.trailer.reviews)
    missing = set(given.reviews) - {
        name for one in own if _same(one.person, given.person, people) for name in one.reviews
    }
    # An Acked-by that became a Reviewed-by is not lost.
    return not missing or (
        missing == {"Acked-by"}
        and any("Reviewed-by" in o.reviews for o in own if _same(o.person, given.person, people))
    )


def _is_among(trailer: Trailer, given: Iterable[Trailer], people: People) -> bool:
    return any(
        set(trailer.reviews) & set(one.reviews) and _same(trailer.person, one.person, people)
        for one in given
    )


def _same(one: Person, other: Person, people: People) -> bool:
    return one == other or people.same(one, other)


def _senders(series: Series) -> frozenset[Person]:
    return frozenset(head.submitter for _, head in series.heads())


def _is_ours(trailer: Trailer, senders: Iterable[Person], people: People) -> bool:
    """Whether it is of one who sends the series: who signs it off himself needs no other tag."""
    return any(_same(trailer.person, one, people) for one in senders)


def _cover(series: Series) -> Sequence[str]:
    return series.cover.body if series.cover else ()


def _says_dropped(lines: Iterable[str]) -> bool:
    """Whether a text for reviewers says that tags were dropped."""
    short = (line[:_LONG].lower() for line in lines)
    return any(_SAID.search(line) and _TAGS.search(line) for line in short)
