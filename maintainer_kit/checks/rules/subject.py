# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about the form of the subject; how it is worded is the family ``wording``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maintainer_kit.checks.area import area_end
from maintainer_kit.checks.columns import columns
from maintainer_kit.checks.context import Look
from maintainer_kit.checks.example import GOOD
from maintainer_kit.checks.finding import Edit, Fix, Hit, Part, Severity
from maintainer_kit.checks.patch import Origin, Patch, in_subject, in_title
from maintainer_kit.checks.rule import HEADS, MAILS, patch_rule
from maintainer_kit.checks.sources import (
    GIT_AM,
    GIT_REBASE,
    GIT_SUBMITTING,
    checkpatch,
    submitting_patches,
)
from maintainer_kit.lazy.pattern import lazy_pattern

_BRACKETS = lazy_pattern(r"\[[^\[\]]{0,80}\]")
_AUTOSQUASH = lazy_pattern(r"(?:fixup|squash|amend)!(?: |$)")
_UNFINISHED = lazy_pattern(r"(?i)(?:WIP|DO ?N[O']T (?:MERGE|APPLY|SUBMIT|PUSH)|DROP ?ME)\b(?!-)")
_COMPLAINT = r"(?:\s+[\w-]{1,20}){0,2}\s+(?:warning|error|complaint|issue|finding|report|defect)"
_MOST = 2000


@patch_rule(
    "subject-no-patch-tag",
    Severity.ERROR,
    "The subject of a patch does not say [PATCH].",
    why="People and programs find patches on a list by that word. A mail without it is taken for "
    "talk: no robot tests it, Patchwork does not list it, and it is easily lost.",
    fix="Send what git format-patch writes: it puts [PATCH] in front.",
    source=submitting_patches("the-canonical-patch-format"),
    origins=MAILS,
    passes=GOOD.with_(subject="[RFC v2] pebble: give the buffer back when a mount fails"),
    fails=GOOD.with_(subject="pebble: give the buffer back when a mount fails"),
)
def subject_no_patch_tag(patch: Patch, look: Look) -> Iterator[Hit]:
    subject = patch.subject
    if subject.is_patch or subject.rfc or subject.is_reply or subject.is_forward or patch.parents:
        return
    if patch.mail is None or "date" not in patch.mail.headers:  # of a quilt series, not for mail
        return
    edit = Edit(Part.SUBJECT, 0, 1, (f"[PATCH] {patch.title_line}",))
    spot = in_subject(0, len(patch.title_line))
    yield Hit("the subject has no [PATCH] in front", spot, Fix("put [PATCH] in front", (edit,)))


@patch_rule(
    "subject-brackets",
    Severity.INFO,
    "git am drops words in brackets from the subject.",
    why="When a mail becomes a commit, git am takes away all that stands in brackets at the head "
    "of its subject. What is meant to stay in the title is lost.",
    fix="Write the area without brackets, as 'area: what is done'.",
    source=GIT_AM,
    origins=MAILS,
    passes=GOOD,
    fails=GOOD.with_(subject="[PATCH] [pebble] give the buffer back when a mount fails"),
)
def subject_brackets(patch: Patch, look: Look) -> Iterator[Hit]:
    if not patch.subject.is_patch or not (found := _BRACKETS.match(patch.title)):
        return
    spot = in_title(patch, 0, found.end())
    fix = Fix("write it without brackets, as 'area: what is done'")
    yield Hit(f"git am drops '{found[0][:60]}' from the title", spot, fix)


@patch_rule(
    "subject-reply-mark",
    Severity.WARNING,
    "The subject of a patch begins as a reply does.",
    why="Programs that collect patches take what begins with 'Re:' for an answer and leave it out. "
    "A patch that is sent into a thread keeps a subject of its own.",
    fix="Send it with git send-email --in-reply-to: it leaves the subject alone.",
    source=submitting_patches("the-canonical-patch-format"),
    origins=MAILS,
    passes=GOOD.with_(headers={"In-Reply-To": "<report@quarry.example>"}),
    fails=GOOD.with_(subject="Re: [PATCH] pebble: give the buffer back when a mount fails"),
)
def subject_reply_mark(patch: Patch, look: Look) -> Iterator[Hit]:
    subject = patch.subject
    at = patch.title_line.find("[")
    # A diff in an answer without the word PATCH is part of the talk, as is one that is forwarded.
    if not subject.is_reply or not subject.is_patch or subject.is_forward or at <= 0:
        return
    edit = Edit(Part.SUBJECT, 0, 1, (patch.title_line[at:],))
    mark = patch.title_line[:at].rstrip()[:20]
    yield Hit(
        f"the subject begins with '{mark}', so that programs take the patch for an answer",
        in_subject(0, at),
        Fix(f"drop '{mark}'", (edit,)),
    )


@patch_rule(
    "subject-too-long",
    Severity.WARNING,
    "The title is longer than a line.",
    why="The title stands in lists of commits, in menus and in other commits' Fixes: lines, where "
    "a long one is cut off or broken. What does not fit belongs into the text below.",
    fix="Say what the patch does in fewer words; the details go into the body.",
    source=submitting_patches("the-canonical-patch-format"),
    options={"limit": 75},
    passes=GOOD.with_(subject=f"[PATCH v12 03/14] pebble: {'drop a page ' * 5}twice".rstrip()),
    fails=GOOD.with_(subject=f"[PATCH] pebble: {'drop a page ' * 6}twice".rstrip()),
)
def subject_too_long(patch: Patch, look: Look) -> Iterator[Hit]:
    limit = look.number("limit")
    if len(patch.title) <= limit // 2 or patch.is_revert or patch.is_merge:
        return
    if (count := columns(patch.title[:_MOST])) > limit:
        spot = in_title(patch, min(limit, len(patch.title) - 1), len(patch.title))
        fix = Fix("say it in fewer words; details go into the body")
        yield Hit(f"the title takes {count} columns; {limit} are usual", spot, fix)


@patch_rule(
    "subject-full-stop",
    Severity.WARNING,
    "The subject ends with a full stop.",
    why="A subject is a heading: it stands in lists of commits, where a full stop is noise.",
    fix="Take the full stop away.",
    source=GIT_SUBMITTING,
    roles=HEADS,
    passes=GOOD,
    fails=GOOD.with_(subject="[PATCH] pebble: give the buffer back when a mount fails."),
)
def subject_full_stop(patch: Patch, look: Look) -> Iterator[Hit]:
    title = patch.title.rstrip()
    if not title.endswith(".") or title.endswith("..") or _ends_with_short_form(title):
        return
    spot = in_title(patch, len(title) - 1, len(title))
    shorter = patch.title_line.rstrip().removesuffix(".")
    edit = Edit(Part.SUBJECT, 0, 1, (shorter,))
    yield Hit("the subject ends with a full stop", spot, Fix("drop the full stop", (edit,)))


def _ends_with_short_form(title: str) -> bool:
    """``etc.`` and ``e.g.`` keep theirs."""
    return title.lower().endswith((" etc.", " al.", " inc.", " ltd.", " co.", "e.g.", "i.e."))


@patch_rule(
    "fixup-commit",
    Severity.ERROR,
    "The commit is not meant to stay as it is.",
    why="A fixup! or squash! commit is a note to git rebase, and WIP a note to oneself: what it "
    "holds belongs into the commit that it mends before anybody else reads it.",
    fix="Run git rebase -i --autosquash, or finish it and give it a title.",
    source=GIT_REBASE,
    # git commit --fixup has to work where a hook asks us.
    origins=frozenset({*MAILS, Origin.COMMIT}),
    passes=GOOD.with_(subject="[PATCH] fixup: give the buffer back when a mount fails"),
    fails=GOOD.with_(subject="[PATCH] fixup! pebble: read the super block once"),
)
def fixup_commit(patch: Patch, look: Look) -> Iterator[Hit]:
    if found := _AUTOSQUASH.match(patch.title):
        mark = found[0].strip()
        fix = Fix("run git rebase -i --autosquash before it is sent")
        yield Hit(f"a '{mark}' commit is to be squashed first", in_title(patch, 0, len(mark)), fix)
    elif (found := _UNFINISHED.match(patch.title)) and not patch.subject.rfc:
        fix = Fix("finish it and give it a title, or send it as RFC")
        spot = in_title(patch, 0, found.end())
        yield Hit(f"'{found[0]}' says that it is not done", spot, fix)


@patch_rule(
    "subject-names-tool",
    Severity.WARNING,
    "The title names the tool that found something, not the change.",
    why="'Fix checkpatch warnings' tells nobody what was wrong, or what the code does now. Say "
    "what is changed; the tool may be thanked in the body.",
    fix="Name the change in the title, and the tool in the body.",
    source=checkpatch("EMAIL_SUBJECT"),
    aliases=("EMAIL_SUBJECT",),
    options={
        "tools": ["checkpatch", "checkpatch.pl", "smatch", "coccicheck", "cppcheck", "codespell"],
        # Words of other meanings too: they count where they are said to complain.
        "complaining": ["sparse", "coverity", "coccinelle", "clang", "gcc", "clang-tidy", "w=1"],
    },
    passes=GOOD.with_(subject="[PATCH] checkpatch: accept sparse files in the list of names"),
    fails=GOOD.with_(subject="[PATCH] pebble: fix checkpatch warnings in super.c"),
)
def subject_names_tool(patch: Patch, look: Look) -> Iterator[Hit]:
    start = area_end(patch.title)
    words = patch.title[start:]
    low, area = words[:_MOST].lower(), patch.title[:start].lower()
    for name, complains in (
        *((one, False) for one in look.words("tools")),
        *((one, True) for one in look.words("complaining")),
    ):
        if name not in low or name in area or any(name in path.lower() for path in patch.paths):
            continue
        found = re.search(
            rf"(?<![\w./-]){re.escape(name)}(?![\w/-]){_COMPLAINT if complains else ''}", low
        )
        if found and not _is_ordered_about(low, found.start()):
            spot = in_title(patch, start + found.start(), start + found.end())
            fix = Fix("say what is changed; the tool may stand in the body")
            yield Hit(f"the title names {name} instead of the change", spot, fix)
            return


def _is_ordered_about(title: str, at: int) -> bool:
    """``run checkpatch on pull requests`` is about the tool itself."""
    return title[:at].rstrip().endswith((" run", " running", " use", " add", " call")) or (
        title[:at].rstrip() in ("run", "use", "add", "call", "running")
    )
