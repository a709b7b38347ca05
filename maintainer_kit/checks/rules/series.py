# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about a series as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from maintainer_kit.checks.changelogs import find_changelog, tells_changes
from maintainer_kit.checks.context import Look, Need
from maintainer_kit.checks.example import COVER, GOOD, Example
from maintainer_kit.checks.finding import Edit, Fix, Hit, Part, Severity
from maintainer_kit.checks.patch import Patch, in_body, in_subject
from maintainer_kit.checks.posted import (
    base_commits,
    is_whole,
    numbered,
    renumbered,
    revised,
    wrong_numbers,
)
from maintainer_kit.checks.rule import WITH_MESSAGE, patch_rule, series_rule
from maintainer_kit.checks.series import Series
from maintainer_kit.checks.sources import (
    GIT_FORMAT_PATCH,
    NETDEV,
    submitting_patches,
)
from maintainer_kit.checks.trailer_edits import shown

_SHOWN = 5
_MOST = 200
"""Patches of a range of commits whose titles are compared: a longer one is history."""

_ONE = GOOD.with_(subject="[PATCH 1/2] pebble: give the buffer back when a mount fails")
_TWO = GOOD.with_(subject="[PATCH 2/2] pebble: say which block cannot be read")
_V1 = COVER.with_(rest=(_ONE, _TWO))


def _files(example: Example, *rest: Example) -> Example:
    """A posting that lies in files, not sent yet."""
    return example.with_(kind="file", rest=tuple(one.with_(kind="file") for one in rest))


def _second(body: str) -> Example:
    """The whole series again as v2, with that text in its cover letter."""
    parts = (one.with_(subject=one.subject.replace("PATCH", "PATCH v2")) for one in (_ONE, _TWO))
    subject = COVER.subject.replace("PATCH", "PATCH v2")
    return COVER.with_(subject=subject, body=body, rest=tuple(parts))


def _long(count: int) -> Example:
    part = GOOD.subject.partition("] ")[2]
    numbers = range(1, count + 1)
    rest = (GOOD.with_(subject=f"[PATCH {n}/{count}] {part} ({n})") for n in numbers)
    return COVER.with_(subject=f"[PATCH 0/{count}] pebble: mounts that fail", rest=tuple(rest))


def _is_posting(series: Series) -> bool:
    return series.is_mail and not series.is_range and bool(series.patches)


@series_rule(
    "series-numbering",
    Severity.ERROR,
    "The patches of the series are not numbered from 1 to the last.",
    why="Whoever applies the series goes by these numbers. One that is missing, stands twice or "
    "promises another total stops the tools that collect a series, and nobody can tell whether a "
    "patch was lost on the way.",
    fix="Write the whole series anew with git format-patch, and send all of it.",
    source=GIT_FORMAT_PATCH,
    passes=_files(_V1, _ONE, _TWO),
    fails=_files(_V1, _ONE, _TWO.with_(subject="[PATCH 2/3] pebble: say which block is bad")),
)
def series_numbering(series: Series, look: Look) -> Iterator[Hit]:
    if not _is_posting(series) or len(series.patches) + bool(series.cover) < 2:
        return
    # What was sent is not sent back for it: it may be that others were sent only a part.
    graded = Severity.WARNING if series.is_sent else None
    for at, words in wrong_numbers(series):
        patch = series.all[at]
        yield Hit(words, in_subject(), renumbered(series, patch), graded, at)
    missing = _missing(series)
    # A list is often sent only its part of what goes all over the tree.
    is_part = series.is_sent and len(missing) > len(series.patches)
    if missing and series.is_complete and not is_part:
        listed = ", ".join(missing[:_SHOWN]) + (", \u2026" if len(missing) > _SHOWN else "")
        yield Hit(
            f"{listed} {'is' if len(missing) == 1 else 'are'} missing",
            in_subject(),
            Fix("send the whole series"),
            graded,
        )


def _missing(series: Series) -> list[str]:
    there = {patch.subject.number for patch in series.patches}
    totals = Counter(one.subject.total for _, one in series.heads() if one.subject.total)
    total = totals.most_common(1)[0][0] or 0 if totals else 0
    return [f"{one}/{total}" for one in range(1, total + 1) if one not in there]


@series_rule(
    "series-mixed-version",
    Severity.ERROR,
    "The mails of one series name different versions.",
    why="Tools and people tell the postings of a series apart by the version in the subject. Where "
    "it differs within one posting, its patches fall apart into two series, of which neither is "
    "whole.",
    fix="Write the series anew with git format-patch -vN: it gives all mails the same version.",
    source=submitting_patches("the-canonical-patch-format"),
    passes=_files(_second(COVER.body + "\n\nChanges since v1: say which block it is."),
                  *_second("").rest),
    fails=_files(_second(COVER.body), _second("").rest[0], _TWO),
)  # fmt: skip
def series_mixed_version(series: Series, look: Look) -> Iterator[Hit]:
    if not _is_posting(series) or not numbered(series):
        return
    want = (series.cover or series.patches[0]).subject.revision
    if not series.cover:
        want = Counter(one.subject.revision for one in series.patches).most_common(1)[0][0]
    graded = Severity.WARNING if series.is_sent else None
    for at, patch in series.heads():
        own = patch.subject.revision
        if own != want:
            words = f"this is v{own} within a series that is v{want}"
            yield Hit(words, in_subject(), revised(patch, want), graded, at)


@series_rule(
    "series-no-cover",
    Severity.WARNING,
    "A series of several patches has no cover letter.",
    why="A cover letter says what the patches are for as a whole, how they were tested, and where "
    "they are to go. It is also the mail that answers about the whole series can go to.",
    fix="git format-patch --cover-letter, and say in it why these patches belong together.",
    source=NETDEV,
    options={"patches": 3},
    passes=_long(3),
    fails=GOOD.with_(subject="[PATCH 1/3] pebble: give the buffer back when a mount fails",
                     rest=_long(3).rest[1:]),
)  # fmt: skip
def series_no_cover(series: Series, look: Look) -> Iterator[Hit]:
    if not _is_posting(series) or series.cover or not numbered(series) or _is_pull(series):
        return
    count = max(one.subject.total or 0 for one in series.patches)
    # Of a lone patch out of many nobody can say that there was none.
    if count >= look.number("patches") and is_whole(series):
        yield Hit(
            f"{count} patches have no cover letter",
            in_subject(),
            Fix("write one: git format-patch --cover-letter"),
        )


def _is_pull(series: Series) -> bool:
    """Whether it shows what a pull request holds; no reviewer is asked to read it as a series."""
    return any("PULL" in tag.upper() for _, one in series.heads() for tag in one.subject.tags)


@series_rule(
    "series-too-long",
    Severity.WARNING,
    "The series has more patches than a reviewer takes on at once.",
    why="Long series wait: nobody finds the hours to read them in one go, and one open question "
    "holds up all of it. What can go in by itself goes in earlier as a series of its own.",
    fix="Split the series, and post the first part; say in its cover letter what will follow.",
    source=NETDEV,
    options={"limit": 15},
    passes=_long(15),
    fails=_long(16),
)
def series_too_long(series: Series, look: Look) -> Iterator[Hit]:
    if not _is_posting(series) or _is_pull(series):
        return
    count = max(len(series.patches), *(one.subject.total or 1 for _, one in series.heads()))
    limit = look.number("limit")
    if count > limit:
        words = f"the series has {count} patches, more than {limit}"
        yield Hit(words, in_subject(), Fix("split it into series that stand by themselves"))


@series_rule(
    "series-duplicate-subject",
    Severity.WARNING,
    "Two patches of the series have the same subject.",
    why="In a list of commits nobody can tell them apart, and a Fixes: line or a talk about one of "
    "them names both. It often means that a patch was meant to be squashed into the other.",
    fix="Say in each subject what this patch does and the other does not.",
    source=submitting_patches("the-canonical-patch-format"),
    origins=WITH_MESSAGE,
    passes=_V1,
    fails=_V1.with_(
        rest=(_ONE, _TWO.with_(subject=_ONE.subject.replace("1/2", "2/2")))
    ),
)  # fmt: skip
def series_duplicate_subject(series: Series, look: Look) -> Iterator[Hit]:
    if not series.is_mail and len(series.patches) > _MOST:
        return
    seen: dict[str, Patch] = {}
    for at, patch in series.heads():
        first = seen.setdefault(patch.subject.key, patch) if patch.subject.key else patch
        if first is patch or patch is series.cover or first is series.cover or patch.is_merge:
            continue
        same = first.subject.number is not None and first.subject.number == patch.subject.number
        if not same:
            place = f" as {_place(first)}" if _place(first) else " as another patch"
            yield Hit(f"the same subject{place}: {shown(patch.title)}", in_subject(), patch=at)


def _place(patch: Patch) -> str:
    subject = patch.subject
    if patch.commit:
        return patch.commit[:12]
    return f"{subject.number}/{subject.total}" if subject.number is not None else ""


@series_rule(
    "series-no-changelog",
    Severity.WARNING,
    "A new version of the series does not say what has changed.",
    why="A reviewer of the last version wants to know what became of each remark, and to look only "
    "at what is new. Without a list of changes everything has to be read again, and mostly is not.",
    fix="List what changed since the last version, in the cover letter or below the --- of the "
    "patch, with a link to that version.",
    source=submitting_patches("commentary"),
    passes=_second(COVER.body + "\n\nChanges since v1:\n - say which block it is (Bo)"),
    fails=_second(COVER.body),
)
def series_no_changelog(series: Series, look: Look) -> Iterator[Hit]:
    first = series.first
    if not _is_posting(series) or first is None or series.revision < 2:
        return
    if first.subject.resend or first.subject.is_reply or not _has_beginning(series):
        return
    if any(tells_changes(one.body) or tells_changes(one.notes) for _, one in series.heads()):
        return
    before = f"v{series.revision - 1}"
    yield Hit(
        f"this is v{series.revision}, and nothing says what changed since {before}",
        in_subject(),
        Fix(f"list the changes since {before} below the --- or in the cover letter"),
    )


def _has_beginning(series: Series) -> bool:
    """Whether the mail is there in which one would say something about the whole series: of a lone
    patch out of several nobody can say that it had no cover letter."""
    return series.cover is not None or is_whole(series)


@patch_rule(
    "changelog-above-cutline",
    Severity.WARNING,
    "The list of changes between versions stands in the commit message.",
    why="The commit message is for those who read the history years later: to them only the last "
    "version exists. What stands below the --- is for reviewers, and is dropped when the patch is "
    "applied.",
    fix="Move it below the --- line.",
    source=submitting_patches("commentary"),
    aliases=("COMMIT_LOG_VERSIONING",),
    origins=WITH_MESSAGE,
    passes=GOOD.with_(
        subject="[PATCH v2] pebble: give the buffer back when a mount fails",
        notes="v2: give it back in the caller (Bo)\n",
    ),
    fails=GOOD.with_(
        subject="[PATCH v2] pebble: give the buffer back when a mount fails",
        body=f"{GOOD.body}\n\nv2: give it back in the caller (Bo)",
    ),
)
def changelog_above_cutline(patch: Patch, look: Look) -> Iterator[Hit]:
    found = find_changelog(patch.body)
    if found is None:
        return
    line = patch.body[found.start]
    spot = in_body(found.start, len(line) - len(line.lstrip()), len(line.rstrip()))
    words = f"this belongs below the ---: {shown(line)}"
    yield Hit(
        words, spot, Fix("move it below the ---", _moved_below(patch, found.start, found.end))
    )


def _moved_below(patch: Patch, start: int, end: int) -> tuple[Edit, ...]:
    """The edits that take lines out of the message; only a mail has where to put them."""
    if not patch.is_mail or not patch.diff_text:
        return ()
    moved: Sequence[str] = patch.body[start:end]
    while end < len(patch.body) and not patch.body[end].strip():
        end += 1
    above = start
    while end == len(patch.body) and above and not patch.body[above - 1].strip():
        above -= 1
    return (
        Edit(Part.BODY, above, end - above, ()),
        Edit(Part.NOTES, 0, 0, (*moved, "")),
    )


@series_rule(
    "series-no-base",
    Severity.WARNING,
    "The series does not say which commit it applies to.",
    why="With a base-commit: line the reviewer and the test robots need not guess: they apply the "
    "patches to just the tree that they were made for.",
    fix="git format-patch --base=auto, or git config format.useAutoBase true.",
    source=submitting_patches("providing-base-tree-information"),
    passes=GOOD.with_(diff=f"{GOOD.diff}\nbase-commit: 3a7cb8f2d1e04b6c9d5f8a7e6b1c2d3e4f5a6b7c\n"),
    fails=GOOD,
)
def series_no_base(series: Series, look: Look) -> Iterator[Hit]:
    if not _is_posting(series) or not _has_beginning(series) or base_commits(series):
        return
    if not _is_pull(series):
        yield Hit("no base-commit: says where it applies", fix=Fix("git format-patch --base=auto"))


@series_rule(
    "base-unknown",
    Severity.INFO,
    "The base commit of the series is not in this repository.",
    why="It cannot be tried whether the patches apply where their author says. Either the tree has "
    "not been fetched here, or the base is a commit that its author alone has.",
    fix="Fetch the tree that the series is for, or base it on a commit that is published.",
    source=submitting_patches("providing-base-tree-information"),
    needs=(Need.REPOSITORY,),
    passes=GOOD.with_(diff=f"{GOOD.diff}\nbase-commit: c71f05609fb5\n"),
    fails=GOOD.with_(diff=f"{GOOD.diff}\nbase-commit: 3a7cb8f2d1e04b6c9d5f8a7e6b1c2d3e4f5a6b7c\n"),
)
def base_unknown(series: Series, look: Look) -> Iterator[Hit]:
    if not _is_posting(series) or look.git.is_shallow:
        return
    for at, commit in base_commits(series)[:1]:
        if not look.git.has_object(commit):
            words = f"the base-commit {commit[:12]} is not here"
            yield Hit(words, fix=Fix("git fetch the tree that it is in"), patch=at)


@series_rule(
    "tree-tag-missing",
    Severity.WARNING,
    "The subject does not say which tree the series is for.",
    why="The maintainers have one tree for fixes and one for what is new, and their robots apply "
    "and test a series on the tree that its subject names. Without it they have to guess.",
    fix="git format-patch --subject-prefix='PATCH net-next', or 'PATCH net' for a fix.",
    source=NETDEV,
    options={"trees": ["net", "net-next", "bpf", "bpf-next"], "endings": ["-next"]},
    passes=GOOD.with_(subject="[PATCH net] pebble: give the buffer back when a mount fails"),
    fails=GOOD,
)
def tree_tag_missing(series: Series, look: Look) -> Iterator[Hit]:
    if not _is_posting(series) or series.is_rfc or _is_pull(series):
        return
    trees, endings = look.words("trees"), look.words("endings")
    if any(one in trees or one.endswith(endings) for one in series.designations):
        return
    is_fix = all(one.named("Fixes") for one in series.patches)
    likely = trees[0] if is_fix and trees else f"{trees[0]}-next" if trees else ""
    words = f"the subject names none of {', '.join(trees[:_SHOWN])}"
    yield Hit(words, in_subject(), Fix(f"git format-patch --subject-prefix='PATCH {likely}'"))
