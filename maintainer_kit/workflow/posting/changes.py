# SPDX-License-Identifier: GPL-2.0-or-later
"""What changed since the last revision, as the draft of a changelog."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from maintainer_kit.checks.trailer_edits import shown
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.workflow.comparing.comparison import Comparison, compare
from maintainer_kit.workflow.comparing.mailed import Mails, read_posted
from maintainer_kit.workflow.comparing.pairing import Fate, Pair
from maintainer_kit.workflow.comparing.side import Side, Sides
from maintainer_kit.workflow.posting.before import Before
from maintainer_kit.workflow.posting.branch import Branch
from maintainer_kit.workflow.posting.carried import Carried
from maintainer_kit.workflow.posting.texts import changes_heading
from maintainer_kit.workflow.stores import Stores

_TITLE = 72


def compared(stores: Stores, branch: Branch, before: Before) -> Comparison:
    """The last revision, by its mails, beside the branch."""
    old = Mails(stores).side(read_posted(before.topic), before.at)
    return compare(Sides(old, Side(branch.name, branch.commits), topic=before.topic))


def changes_text(
    found: Comparison, carried: Sequence[Carried], revision: int, link: tuple[int, str] | None
) -> str:
    """The list of changes, headed by the revision; ``link`` is the last one with where it is read.

    It says which patches changed; how, their author knows.
    """
    lines = [*_patch_lines(found), *_trailer_lines(carried)] or ["Rebased; no other changes"]
    if link is not None:
        lines.append(f"Link to v{link[0]}: {link[1]}")
    return "\n".join((changes_heading(revision), *(f"- {one}" for one in lines)))


def _patch_lines(found: Comparison) -> Iterator[str]:
    is_lone = len(found.new.patches) == 1
    for pair in found.pairs:
        words = _words(found, pair)
        if not words:
            continue
        if is_lone and pair.new is not None:
            yield words[0].upper() + words[1:]
        else:
            yield f"{_name(found, pair)}: {words}"


def _name(found: Comparison, pair: Pair) -> str:
    side, at = (found.new, pair.new) if pair.new is not None else (found.old, pair.old)
    patch = side.patches[at] if at is not None else None
    title = shown(visible_line(patch.title), _TITLE) if patch else ""
    return f'Patch {pair.new + 1} ("{title}")' if pair.new is not None else f'"{title}"'


def _words(found: Comparison, pair: Pair) -> str:
    """Empty where there is nothing to say."""
    if pair.fate is Fate.NEW:
        return "new"
    if pair.fate is Fate.DROPPED:
        return "dropped"
    if pair.fate is Fate.SPLIT:
        return f"split out of patch {_listed(found.old, pair.others)} of {found.old.name}"
    if pair.fate is Fate.MERGED:
        return f"merged into patch {', '.join(str(one + 1) for one in pair.others)}"
    # Trailers have lines of their own, and context is what a rebase changes.
    parts = [one for one in pair.changed if one not in ("trailers", "context")]
    told = [f"{_joined(parts)} changed"] if parts else []
    if pair.is_moved and pair.old is not None:
        told.append(f"was patch {found.old.number_of(pair.old)}")
    return ", ".join(told)


def _listed(side: Side, places: Iterable[int]) -> str:
    return ", ".join(str(side.number_of(at)) for at in places)


def _joined(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _trailer_lines(carried: Sequence[Carried]) -> Iterator[str]:
    """Who gave trailers that were taken over, and which were not."""
    taken: dict[str, list[int]] = {}
    left: dict[str, list[int]] = {}
    for one in carried:
        who = f"{one.trailer.name} of {one.trailer.person.name or one.trailer.value}"
        (taken if one.is_taken else left).setdefault(visible_line(who), []).append(one.patch + 1)
    for who, numbers in taken.items():
        yield f"Added {who}{_places(numbers, carried)}"
    for who, numbers in left.items():
        yield f"Dropped {who}{_places(numbers, carried)}: the patch has changed"


def _places(numbers: Sequence[int], carried: Sequence[Carried]) -> str:
    if all(one.total == 1 for one in carried):
        return ""
    noun = "patch" if len(numbers) == 1 else "patches"
    return f" ({noun} {', '.join(map(str, numbers))})"
