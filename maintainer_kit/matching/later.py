# SPDX-License-Identifier: GPL-2.0-or-later
"""What became of a commit: the same change once more (in other branches, or landed twice), and
taken back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from maintainer_kit.matching.index import CommitIndex
from maintainer_kit.matching.likeness import same_author, same_title
from maintainer_kit.matching.prints import CommitPrint

_DEPTH = 6
"""A revert that is reverted, and so on: nobody goes on for longer."""
_MOST = 200


def copies_of(index: CommitIndex, commits: Collection[str]) -> Mapping[str, Sequence[str]]:
    """For each commit the others that are the same change of the same author, the oldest first:
    cherry-picks, another branch's, or the change landed twice. Commits without any are left out.

    The same is what has its patch-id, or its changed lines and its title.
    """
    known = index.commits(commits)
    prints = [one.print for one in known.values()]
    by_id = index.by_patch_id({one.patch_id for one in prints} - {""})
    by_lines = index.by_lines_hash({one.lines_hash for one in prints} - {""})
    names = {
        name for table in (by_id, by_lines) for some in table.values() for name in some[:_MOST]
    }
    others = index.commits(names)
    found = {}
    for name, one in known.items():
        near = {
            *by_id.get(one.print.patch_id, ())[:_MOST],
            *by_lines.get(one.print.lines_hash, ())[:_MOST],
        }
        copies = [others[each] for each in near - {name} if _is_copy(one, others.get(each))]
        if copies:
            copies.sort(key=lambda each: (each.print.date, each.commit))
            found[name] = tuple(each.commit for each in copies)
    return found


def _is_copy(one: CommitPrint, other: CommitPrint | None) -> bool:
    if other is None or not same_author(one.print, other.print):
        return False
    return bool(one.print.patch_id and one.print.patch_id == other.print.patch_id) or same_title(
        one.print, other.print
    )


def reverted(index: CommitIndex, commits: Collection[str]) -> Mapping[str, str]:
    """Those of the commits that a later one took back, with that one; a revert that was itself
    reverted does not count."""
    reverting: dict[str, list[str]] = {}
    asked = set(commits)
    for _ in range(_DEPTH):
        found = index.reverted_by(asked - reverting.keys()) if asked - reverting.keys() else {}
        if not found:
            break
        reverting |= {name: sorted(some)[:_MOST] for name, some in found.items()}
        asked = {one for some in reverting.values() for one in some}
    standing: dict[str, str] = {}
    for name in commits:
        if by := _standing(name, reverting, standing):
            standing[name] = by
    return {name: standing[name] for name in commits if standing.get(name)}


def _standing(name: str, reverting: Mapping[str, Sequence[str]], known: dict[str, str]) -> str:
    """The first revert of a commit that was not taken back itself; empty where there is none."""
    if name not in known:
        known[name] = ""  # nothing takes itself back
        for one in reverting.get(name, ()):
            if not _standing(one, reverting, known):
                known[name] = one
                break
    return known[name]
