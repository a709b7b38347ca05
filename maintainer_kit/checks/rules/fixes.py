# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about Fixes:."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maintainer_kit.checks.context import AmbiguousName, Known, Look, Need
from maintainer_kit.checks.example import ADA, GOOD
from maintainer_kit.checks.finding import Edit, Fix, Hit, Part, Severity, Spot
from maintainer_kit.checks.fixes_tag import FixesTag, fixes_tags, formal
from maintainer_kit.checks.patch import Origin, Patch, in_body
from maintainer_kit.checks.rule import patch_rule
from maintainer_kit.checks.sources import NIPA, checkpatch, submitting_patches
from maintainer_kit.checks.trailer_edits import at_value, shown
from maintainer_kit.lazy.pattern import lazy_pattern

_DESCRIBE = submitting_patches("describe-your-changes")
_FIXED = 'Fixes: c71f05609fb5 ("pebble: report I/O errors from lookup")'
_SIGNED = f"Signed-off-by: {ADA}"


@patch_rule(
    "fixes-format",
    Severity.WARNING,
    "A Fixes: line is not written as 'Fixes: 0123456789ab (\"title\")'.",
    why="Tools of the stable trees and of distributions read these lines. A short id fits more "
    "than one commit after some years, and without the title nobody can tell which was meant.",
    fix="Write it with git log -1 --abbrev=12 --format='Fixes: %h (\"%s\")'.",
    source=_DESCRIBE,
    aliases=("BAD_FIXES_TAG",),
    options={"digits": 12},
    passes=GOOD.with_(trailers=f"{_FIXED}\n{_SIGNED}"),
    fails=GOOD.with_(trailers=f"Fixes: c71f056 (pebble: report I/O errors)\n{_SIGNED}"),
)
def fixes_format(patch: Patch, look: Look) -> Iterator[Hit]:
    """``digits``: how many of the id there have to be."""
    for tag in fixes_tags(patch):
        words = _flaw(tag, look.number("digits"))
        if words:
            yield Hit(words, _at_id(tag), _formal_fix(tag, look))
    yield from _other_things(patch)


def _flaw(tag: FixesTag, digits: int) -> str:
    if len(tag.commit) < digits:
        return f"Fixes: has {len(tag.commit)} digits of the id, where {digits} are asked for"
    if tag.is_formal:
        return ""
    if not tag.title:
        return f"Fixes: {tag.commit} does not quote the commit's title"
    if tag.count > 1:
        return "Fixes: is wrapped, and git reads its first line only"
    return f'Fixes: is not written as {tag.commit[:12]} ("{shown(tag.title, 40)}")'


def _formal_fix(tag: FixesTag, look: Look) -> Fix:
    """The usual form, with what the repository says of the commit, or else what stands there."""
    digits = look.number("digits")
    known = _known(tag, look)
    commit = known.commit[: max(digits, len(tag.commit))] if known else tag.commit
    title = known.title if known else tag.title
    if len(commit) < digits or not title or (known and not _is_meant(tag, known)):
        return Fix("write git log -1 --abbrev=12 --format='Fixes: %h (\"%s\")'")
    return Fix(f"write Fixes: {shown(formal(commit, title))}", (_edit(tag, commit, title),))


def _is_meant(tag: FixesTag, known: Known) -> bool:
    """Whether the repository's commit is the one that is quoted, as far as its title tells."""
    return not tag.title or _likeness(tag.title, known.title) != ""


def _edit(tag: FixesTag, commit: str, title: str) -> Edit:
    return Edit(Part.BODY, tag.at.index, tag.count, (f"Fixes: {formal(commit, title)}",))


def _at_id(tag: FixesTag) -> Spot:
    return in_body(tag.at.index, tag.id_start, tag.id_start + len(tag.commit))


def _other_things(patch: Patch) -> Iterator[Hit]:
    """Fixes: that names no commit, but a report."""
    for one in patch.named("Fixes")[:100]:
        value = one.value.lower()
        if value.startswith(("http://", "https://", "#")):
            words = f"Fixes: names no commit: '{shown(one.value)}'"
            yield Hit(words, at_value(patch, one), Fix("name a report with Closes:"))


@patch_rule(
    "fixes-unknown",
    Severity.ERROR,
    "Fixes: names a commit that the repository does not have.",
    why="Whoever ports the fix to another tree has to find what it mends. An id that exists "
    "nowhere is mostly that of a branch since rebased, or of another repository.",
    fix="Look the commit up by its title: git log --oneline --grep=TITLE, and write its id.",
    source=NIPA,
    needs=(Need.REPOSITORY,),
    passes=GOOD.with_(trailers=f"{_FIXED}\n{_SIGNED}"),
    fails=GOOD.with_(
        trailers=f'Fixes: 0badc0de0bad ("pebble: report I/O errors from lookup")\n{_SIGNED}'
    ),
)
def fixes_unknown(patch: Patch, look: Look) -> Iterator[Hit]:
    for tag in fixes_tags(patch):
        try:
            if look.git.commit(tag.commit) or look.git.is_shallow:
                continue
        except AmbiguousName:
            words = f"Fixes: {tag.commit} fits several commits"
            fix = Fix("write more digits of the id")
            yield Hit(words, _at_id(tag), fix, Severity.WARNING)
            continue
        words = f"Fixes: names {tag.commit[:40]}, which is no commit of this repository"
        yield Hit(words, _at_id(tag), Fix("look the commit up by its title"))


@patch_rule(
    "fixes-subject",
    Severity.WARNING,
    "Fixes: quotes another title than that of its commit.",
    why="Id and title are written down together so that one vouches for the other. Where they "
    "differ nobody knows which of the two is meant; mostly the id is one line off in a log.",
    fix="Copy both from git log -1 --abbrev=12 --format='Fixes: %h (\"%s\")' COMMIT.",
    source=NIPA,
    needs=(Need.REPOSITORY,),
    passes=GOOD.with_(trailers=f"{_FIXED}\n{_SIGNED}"),
    fails=GOOD.with_(trailers=f'Fixes: c71f05609fb5 ("wick: limit the blink period")\n{_SIGNED}'),
)
def fixes_subject(patch: Patch, look: Look) -> Iterator[Hit]:
    for tag in fixes_tags(patch):
        known = _known(tag, look)
        if known is None or not tag.title or _plain(tag.title) == _plain(known.title):
            continue
        words = (
            f"Fixes: names {tag.commit[:12]} as '{shown(tag.title)}', "
            f"but its title is '{shown(known.title)}'"
        )
        like = _likeness(tag.title, known.title)
        # Another title may mean that the id is wrong: that is for a person to tell.
        edits = (_edit(tag, known.commit[: max(12, len(tag.commit))], known.title),) if like else ()
        fix = Fix("write the title as the commit has it" if like else "see which is meant", edits)
        mild = Severity.INFO if like == "cut" else None
        yield Hit(words, at_value(patch, tag.at), fix, mild)


def _known(tag: FixesTag, look: Look) -> Known | None:
    if look.repository is None:
        return None
    try:
        return look.repository.commit(tag.commit)
    except AmbiguousName:
        return None


def _plain(title: str) -> str:
    return " ".join(title.split())


def _likeness(quoted: str, title: str) -> str:
    """``cut`` when a title is quoted in part, ``close`` when it is the same but for case and
    signs, else nothing: titles of one series often differ by a letter."""
    words, others = _words(quoted), _words(title)
    if words == others:
        return "close"
    if len(words) >= 2 and others[: len(words)] == words:
        return "cut"
    # Cut within a word, with dots behind it.
    short = " ".join(quoted.rstrip(". \u2026").casefold().split())
    is_cut = len(short) >= 10 and " ".join(title.casefold().split()).startswith(short)
    return "cut" if is_cut else ""


def _words(title: str) -> list[str]:
    return re.findall(r"\w+", title[:500].casefold())


@patch_rule(
    "fixes-not-ancestor",
    Severity.ERROR,
    "Fixes: names a commit that is not in the history that the patch goes on top of.",
    why="A fix belongs where its bug is. When the commit that it names is on another branch, the "
    "patch was made for the wrong tree, or names the commit's twin before a rebase.",
    fix="Name the commit as it is in this tree, or send the patch to the tree that has it.",
    source=NIPA,
    needs=(Need.REPOSITORY,),
    origins=frozenset({Origin.MAIL, Origin.FILE, Origin.COMMIT}),
    passes=GOOD.with_(trailers=f"{_FIXED}\n{_SIGNED}"),
    fails=GOOD.with_(
        trailers="Fixes: 14e55d26a5b3 "
        f'("pebble: move the walk over the bitmap to super.c")\n{_SIGNED}'
    ),
)
def fixes_not_ancestor(patch: Patch, look: Look) -> Iterator[Hit]:
    tags = fixes_tags(patch)
    newest = patch.commit or look.git.base
    if not tags or not newest or look.git.is_shallow:
        return
    for tag in tags:
        known = _known(tag, look)
        if known and not look.git.is_ancestor(known.commit, newest):
            words = f"Fixes: {tag.commit[:12]} is not in the history below this patch"
            yield Hit(words, _at_id(tag), Fix("name the commit as it is in this tree"))


_BUG = lazy_pattern(
    r"^[ \t>]{0,8}(?:\[[^\]\n]{0,30}\][ \t]{0,4})?"
    r"(?:(?:=+ )?BUG: |KASAN: |UBSAN: |KMSAN: |KCSAN: |Call Trace:|general protection fault"
    r"|WARNING: (?:CPU: \d|possible |suspicious |inconsistent )|kernel BUG at |Oops: )",
    re.MULTILINE,
)
_FOUND = lazy_pattern(
    r"^Reported-by:[^\n]{0,200}syz(?:bot|kaller)|^(?:Closes|Link):[^\n]{0,80}syzkaller\.",
    re.MULTILINE | re.IGNORECASE,
)
_STABLE = lazy_pattern(r"^cc:[^\n#]{0,80}stable@(?:vger\.)?kernel\.org>?[ \t]*$", re.M | re.I)
_TEXTS = (".rst", ".md", ".txt", ".adoc", ".asciidoc", "MAINTAINERS", "CREDITS", ".mailmap")


@patch_rule(
    "fixes-missing",
    Severity.WARNING,
    "It looks like the fix of a bug, and names no commit that brought the bug in.",
    why="Fixes: tells the maintainers of stable trees and of distributions which of their trees "
    "have the bug, and reviewers what was meant at the time. Without it a fix reaches nobody.",
    fix="Find the commit with git blame or git bisect, and name it in Fixes:.",
    source=checkpatch("MISSING_FIXES_TAG"),
    aliases=("MISSING_FIXES_TAG",),
    options={"trees": []},
    passes=GOOD.with_(trailers=f"{_FIXED}\nCc: stable@vger.kernel.org\n{_SIGNED}"),
    fails=GOOD.with_(trailers=f"Cc: stable@vger.kernel.org\n{_SIGNED}"),
)
def fixes_missing(patch: Patch, look: Look) -> Iterator[Hit]:
    """``trees``: designations in subjects of those that take nothing but fixes."""
    if patch.is_revert or patch.named("Fixes") or _is_text(patch) or _names_versions(patch):
        return
    why = _sign_of_a_bug(patch)
    if not why and _is_lone_fix(patch, look):
        why = "a tree that takes fixes"
    if why:
        yield Hit(f"{why}, but no Fixes:", fix=Fix("name the commit that brought the bug in"))


def _sign_of_a_bug(patch: Patch) -> str:
    text = patch.text[:100_000]
    if _STABLE.search(text):
        return "Cc: stable without the version that it is for"
    if _FOUND.search(text):
        return "a report of syzkaller"
    found = _BUG.search(text)
    return f"'{shown(found[0].strip(' =>'), 30)}' in the text" if found else ""


def _names_versions(patch: Patch) -> bool:
    """Whether Cc: stable says since when: ``# 5.15+``."""
    return any(
        "stable" in one.value and any(c.isdigit() for c in one.value.partition("#")[2])
        for one in patch.named("Cc")
    )


def _is_text(patch: Patch) -> bool:
    """Whether it changes documentation only."""
    return bool(patch.paths) and all(
        path.startswith("Documentation/") or path.endswith(_TEXTS) for path in patch.paths
    )


def _is_lone_fix(patch: Patch, look: Look) -> bool:
    """Whether it is the first patch of a series for such a tree, none of which names a commit."""
    trees = set(look.words("trees"))
    series = look.series
    if not trees or not trees.intersection(series.designations):
        return False
    first = series.patches[0] if series.patches else None
    return patch is first and not any(one.named("Fixes") for one in series.patches)
