# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about commits that a message names in its text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from maintainer_kit.checks.commit_names import CommitName, commit_names
from maintainer_kit.checks.context import AmbiguousName, Known, Look, Need
from maintainer_kit.checks.example import GOOD
from maintainer_kit.checks.finding import Edit, Fix, Hit, Part, Severity, Spot
from maintainer_kit.checks.patch import Patch, in_body
from maintainer_kit.checks.rule import patch_rule
from maintainer_kit.checks.sources import checkpatch, submitting_patches
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.message.subject import title_key

_DESCRIBE = submitting_patches("describe-your-changes")
_DIGITS = 12
_OTHERS = """
    upstream kernel linux glibc gcc llvm qemu git systemd util-linux xfstests fstests u-boot xen
    bpftool libbpf bluez mesa openssl zlib busybox newlib musl barebox uboot their mainline
    downstream vendor atf tf-a edk2 firmware android submodule
"""
_ELSEWHERE = frozenset(_OTHERS.split())
"""Words in front of ``commit`` that say that it is another repository's."""
# The message speaks of what is done elsewhere too: the commit may well be there.
_FOLLOWS = lazy_pattern(
    r"(?i)\b(?:in sync|sync(?:s|ed)? (?:up )?with|upstream|back-?port|ported? (?:from|of)|"
    r"kernel|linux|follow|counterpart)\b"
)
_NO_QUOTES = str.maketrans("", "", "`'\"\u2018\u2019\u201c\u201d")


@patch_rule(
    "commit-ref-format",
    Severity.WARNING,
    "A commit is named without its title, or by too few digits.",
    why="A number tells a reader nothing, and a short one comes to fit several commits as the "
    "history grows. With the title it is understood at once, and found again in a tree where the "
    "number is another.",
    fix="Name the commit as the project does; git show -s --pretty=reference helps.",
    source=_DESCRIBE,
    aliases=("GIT_COMMIT_ID",),
    # "kernel": commit 0123456789ab ("title"); "git": 0123456789 (title, 2020-01-31)
    options={"style": "kernel", "digits": _DIGITS},
    passes=GOOD.with_(
        body='Since commit c71f05609fb5 ("pebble: report I/O errors from\nlookup") mounts leak.'
    ),
    fails=GOOD.with_(body="Since commit c71f056 mounts that fail leak the buffer."),
)
def commit_ref_format(patch: Patch, look: Look) -> Iterator[Hit]:
    wants_date = look.options["style"] == "git"
    digits = 0 if wants_date else look.number("digits")
    said: set[str] = set()
    for one in commit_names(patch):
        # Once named in full, a commit may be spoken of by its number.
        is_known = any(one.digits.startswith(name[:7]) for name in said)
        if one.titles:
            said.add(one.digits)
        if one.made or is_known or _is_elsewhere(one):
            continue
        if problem := _problem(one, wants_date, digits):
            fix = _proper(patch, one, look, wants_date, problem == _NO_TITLE)
            yield Hit(f"commit {one.digits[:_DIGITS]} {problem}", _spot(one), fix)
            said.add(one.digits)


_NO_TITLE = "is named without its title"


def _problem(one: CommitName, wants_date: bool, digits: int) -> str:
    """What is wrong with how a commit is named; empty when nothing is."""
    if not one.titles:
        return _NO_TITLE
    if wants_date:
        return "" if one.dated else "is named without its date"
    if one.dated and not one.has_word:
        return ""  # git's way, which nobody minds
    if len(one.digits) < digits:
        return f"is named by {len(one.digits)} digits; {digits} are usual"
    return ""


@patch_rule(
    "commit-ref-unknown",
    Severity.WARNING,
    "A commit is named that this repository does not have.",
    why="Nobody can look it up. Mostly it is a commit of one's own that was rebased since, or of a "
    "vendor's tree; its number means nothing where the patch is applied.",
    fix="Name the commit that is upstream, or say which repository it is of.",
    source=checkpatch("UNKNOWN_COMMIT_ID"),
    aliases=("UNKNOWN_COMMIT_ID",),
    needs=(Need.REPOSITORY,),
    passes=GOOD.with_(
        body='Since commit c71f05609fb5 ("pebble: report I/O errors from lookup") mounts leak.'
    ),
    fails=GOOD.with_(
        body='Since commit c71f0560aaaa ("pebble: report I/O errors from lookup") mounts leak.'
    ),
)
def commit_ref_unknown(patch: Patch, look: Look) -> Iterator[Hit]:
    if look.git.is_shallow:
        return
    asked: set[str] = set()
    for one in commit_names(patch):
        if one.digits in asked or _is_elsewhere(one) or (one.made and not _reverts(one)):
            continue
        asked.add(one.digits)
        name = one.digits[:_DIGITS]
        try:
            if look.git.commit(one.digits) is None:
                fix = Fix("name the upstream commit, or say which repository it is of")
                grade = Severity.INFO if _FOLLOWS.search(patch.text) else None
                yield Hit(f"commit {name} is not in this repository", _spot(one), fix, grade)
        except AmbiguousName:
            yield Hit(f"{name} fits several commits", _spot(one), Fix("write more digits"))


@patch_rule(
    "commit-ref-title",
    Severity.WARNING,
    "A commit is named with a title that is not its own.",
    why="One of the two is wrong, and the reader cannot know which: the wrong commit may be looked "
    "at, blamed, or backported.",
    fix="Copy the title from git show -s --pretty=reference.",
    source=_DESCRIBE,
    needs=(Need.REPOSITORY,),
    passes=GOOD.with_(
        body='Since commit c71f05609fb5 ("pebble: report I/O errors from\nlookup") mounts leak.'
    ),
    fails=GOOD.with_(
        body='Since commit c71f05609fb5 ("pebble: report errors of lookup") mounts leak.'
    ),
)
def commit_ref_title(patch: Patch, look: Look) -> Iterator[Hit]:
    for one in commit_names(patch):
        if not one.titles or _is_elsewhere(one) or (known := _known(one, look)) is None:
            continue
        if not any(_is_title(said, known.title) for said in one.titles):
            fix = _proper(patch, one, look, one.dated, False)
            said, real = one.title[:60], known.title[:60]
            message = f"commit {one.digits[:_DIGITS]} is named as '{said}', but is '{real}'"
            yield Hit(message, _spot(one), fix)


def _is_title(said: str, real: str) -> bool:
    """Equal but for blanks, case and final punctuation; or cut short with dots."""
    if _key(said) == _key(real):
        return True
    short = said.rstrip().removesuffix("]")
    for dots in ("...", "\u2026"):
        if short.endswith(dots):
            return _key(real).startswith(_key(short[: -len(dots)].removesuffix("[")))
    return False


def _key(title: str) -> str:
    """A title without blanks and quotes: it may be broken behind a slash, and a shell eats some."""
    return title_key(title.translate(_NO_QUOTES)).replace(" ", "")


def _known(one: CommitName, look: Look) -> Known | None:
    if look.repository is None:
        return None
    try:
        return look.repository.commit(one.digits)
    except AmbiguousName:
        return None


def _proper(patch: Patch, one: CommitName, look: Look, dated: bool, is_new: bool) -> Fix:
    """Name it as it should be; as an edit where the repository knows the commit."""
    known = _known(one, look)
    if known is None:
        like = "0123456789 (title, 2020-01-31)" if dated else 'commit 0123456789ab ("title")'
        return Fix(f"write it as {like}")
    # The digits stay where they are enough: git has them as long as they have to be.
    digits = known.commit[: max(_DIGITS, len(one.digits))] if not dated else one.digits
    if dated:
        day = datetime.fromtimestamp(known.date, UTC).strftime("%Y-%m-%d")
        proper = f"{digits} ({known.title}, {day})"
    else:
        proper = f'commit {digits} ("{known.title}")'
    head = patch.body[one.index][: one.start]
    tail = patch.body[one.last][one.last_end :]
    edit = Edit(Part.BODY, one.index, one.last - one.index + 1, (f"{head}{proper}{tail}",))
    return Fix(f"write {proper[:100]}", (edit,))


def _reverts(one: CommitName) -> bool:
    return one.before.lstrip().lower().startswith("this reverts")


def _is_elsewhere(one: CommitName) -> bool:
    """Whether the words around say that it is of another repository."""
    words = one.before.lower().replace("'s", "").split()
    return bool(words) and words[-1].strip("([,:") in _ELSEWHERE


def _spot(one: CommitName) -> Spot:
    return in_body(one.index, one.start, one.end)
