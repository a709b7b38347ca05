# SPDX-License-Identifier: GPL-2.0-or-later
"""Review by editing: a series is laid out in a work tree of mkit's, and what its reviewer changes
there is suggested in replies to the patches."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from maintainer_kit.checks.patch import Patch
from maintainer_kit.errors import Refused
from maintainer_kit.model.reply.draft import Draft
from maintainer_kit.workflow.applying.base import Base, Question, find_bases
from maintainer_kit.workflow.applying.chosen import ChosenSeries, choose
from maintainer_kit.workflow.applying.hazards import refuse_hazards
from maintainer_kit.workflow.applying.old_files import old_files
from maintainer_kit.workflow.applying.ports import Source
from maintainer_kit.workflow.replying.desk import Desk
from maintainer_kit.workflow.replying.suggesting import by_patch, suggest, suggested
from maintainer_kit.workflow.stores import Stores


@dataclass(frozen=True, slots=True)
class Laid:
    """A series in a work tree: what a crash must not lose."""

    message_ids: tuple[str, ...]
    """The patches that are applied there, in order."""
    commits: tuple[str, ...]
    """What each of them is there."""
    base: str
    """Where they stand, in words."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What was changed in a work tree."""

    diffs: Mapping[str, str]
    """By path, on top of the last patch."""
    unfit: Sequence[str]
    """What no mail can carry, in words."""


class CodeTree(Protocol):
    """A place of mkit's for one series. All raise RepositoryError."""

    @property
    def place(self) -> str:
        """The folder of the work tree."""

    def laid(self) -> Laid | None:
        """What lies there already."""

    def apply(self, commit: str, diffs: Sequence[bytes]) -> tuple[Sequence[str], str]:
        """Make commits of patches on top of one, as far as they apply: these, and why the next did
        not."""

    def lay_out(self, laid: Laid, suggested: str) -> str:
        """Check the last patch out, with an earlier suggestion applied; why that did not, and then
        nothing is kept, else empty. Durable when it returns."""

    def files(self, paths: Sequence[str]) -> list[str]:
        """Those of the paths that can be edited there: plain files, and no links."""

    def changes(self) -> Changes: ...

    def drop(self) -> None:
        """Remove all of it."""


@dataclass(frozen=True, slots=True)
class Code:
    """What is edited."""

    series: ChosenSeries
    patches: tuple[Patch, ...]
    """All that are applied: those before the first that was named, too."""
    named: str
    """The Message-ID of the one patch that was asked about; empty for a series."""

    @property
    def message_ids(self) -> tuple[str, ...]:
        return tuple(one.message_id or "" for one in self.patches)

    @property
    def answered(self) -> tuple[str, ...]:
        """The patches in the replies to which something may be suggested."""
        return (self.named,) if self.named else self.message_ids

    @property
    def paths(self) -> list[str]:
        """The files that what was asked about touches, as they are called after it."""
        shown = self.patches[-1:] if self.named else self.patches
        files = (file for one in shown for file in (one.diff.files if one.diff else ()))
        return list(dict.fromkeys(file.path for file in files if file.change != "deleted"))


def read_code(stores: Stores, word: str, number: int | None = None) -> Code:
    """The patches that are laid out for a target: a series, or one patch with all before it.

    Raises NotFound, and Refused for what is missing or may not be applied.
    """
    (series,) = choose(stores, [word], str(number) if number else "")
    if not series.patches:
        raise Refused("there is no patch in that", "mkit show TOPIC")
    last = series.patches[-1]
    patches = (*(one for one in series.lead[-1] if one.diff), last.patch)
    refuse_hazards([(one.message_id or "", one) for one in patches])
    is_one = len(series.patches) == 1
    return Code(series, patches, last.message.message_id if is_one else "")


def lay_out(
    desk: Desk,
    code: Code,
    tree: CodeTree,
    source: Source,
    refs: Sequence[str],
    write: Callable[[Patch], bytes],
    onto: str = "",
) -> str:
    """Apply the patches where they belong, and check them out; or go on with what lies there: what
    was done, in words.

    ``refs`` are those of the repository in which patches land; ``write`` gives the diff of a patch.
    Raises Refused where they apply nowhere.
    """
    known = tree.laid()
    if known is not None and known.message_ids == code.message_ids:
        if onto:
            raise Refused(f"changes of yours lie in {tree.place}", "without --onto, it goes on")
        return f"goes on with what lies in {tree.place}"
    laid = _applied(code, tree, source, refs, write, onto)
    before = "".join(suggested(desk, one) for one in code.answered)
    if trouble := tree.lay_out(laid, before):
        tree.drop()
        words = f"what you suggested before does not apply to {laid.base}: {trouble}"
        raise Refused(words, "--patch N, --onto REV, or mkit reply --edit to take it out")
    return f"applied to {laid.base}"


def _applied(
    code: Code,
    tree: CodeTree,
    source: Source,
    refs: Sequence[str],
    write: Callable[[Patch], bytes],
    onto: str,
) -> Laid:
    posted = next(
        one.series
        for one in reversed(code.series.topic.revisions)
        if any(mail.message_id == code.message_ids[-1] for mail in one.series.messages)
    )
    asked = Question(onto, None, posted, old_files(code.patches), refs)
    diffs = [write(one) for one in code.patches]
    best: tuple[int, Base, str] | None = None
    for base in find_bases(source, asked):
        commits, why = tree.apply(base.commit, diffs)
        if len(commits) == len(diffs):
            return Laid(code.message_ids, tuple(commits), f"{base.commit[:12]}: {base.why}")
        if best is None or len(commits) > best[0]:
            best = len(commits), base, why
    assert best is not None
    at, base, why = best
    words = f"patch {at + 1} of {len(diffs)} does not apply to {base.commit[:12]}: {why}"
    raise Refused(words, "name the commit that it was made on: --onto REV, or --repo DIR")


def take_changes(desk: Desk, code: Code, changes: Changes) -> list[Draft]:
    """Suggest what was changed, in the replies to the patches that it is about; what was suggested
    before and is no more goes. Gives the drafts that suggest something."""
    last = code.message_ids[-1]
    touching = {
        path: message_id
        for one, message_id in zip(code.patches, code.message_ids, strict=True)
        for path in one.paths
    }
    found = by_patch(changes.diffs, {} if code.named else touching, last)
    for message_id in code.answered:
        if message_id not in found and suggested(desk, message_id):
            suggest(desk, message_id, "")
    return [suggest(desk, one, found[one]) for one in code.answered if one in found]
