# SPDX-License-Identifier: GPL-2.0-or-later
"""The next posting of a branch, worked out before anything is written or sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from maintainer_kit.errors import MkitError
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.reply.threading import references
from maintainer_kit.workflow.addresses import archive_address
from maintainer_kit.workflow.comparing.comparison import Comparison
from maintainer_kit.workflow.posting.addressed import Addressees, find_addressees
from maintainer_kit.workflow.posting.before import Before, find_before
from maintainer_kit.workflow.posting.carried import Carried, carried_over
from maintainer_kit.workflow.posting.changes import changes_text, compared
from maintainer_kit.workflow.posting.desk import PostingDesk
from maintainer_kit.workflow.posting.naming import change_id_of, next_revision, prefix_of
from maintainer_kit.workflow.posting.record import Letter, Record
from maintainer_kit.workflow.posting.texts import split_letter, with_changes
from maintainer_kit.workflow.posting.wish import PostWish
from maintainer_kit.workflow.stores import Stores


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be posted."""

    before: Before | None
    comparison: Comparison | None
    revision: int
    prefix: str
    change_id: str
    carried: tuple[Carried, ...]
    addressees: Addressees
    letter: Letter
    """As it was edited, where it was; else a draft of it."""
    has_cover: bool
    parents: tuple[str, ...]
    """The References of its first mail, the root first; without any it begins a thread."""
    with_range_diff: bool = False

    @property
    def lack(self) -> str:
        """Why it cannot go out as it is; empty where it can."""
        if not self.letter.to:
            return "it goes to nobody"
        if "EDITME" in self.letter.text or "EDITME" in self.letter.title:
            return "the cover letter still says EDITME"
        if self.has_cover and not (self.letter.title and self.letter.text.strip()):
            return "the cover letter says nothing yet"
        return ""


def make_plan(desk: PostingDesk, wish: PostWish) -> Plan:
    """Raises Refused for a revision that was posted already, NotFound for a topic that is not."""
    record, branch = desk.record, desk.branch
    before = None if wish.is_new else _before(desk, wish, record)
    revision = next_revision(desk, wish, before, record)
    comparison = compared(desk.stores, branch, before) if before else None
    carried = _carried(desk, wish, before)
    asked = desk.room.whom(branch.commits)
    addressees = find_addressees(desk.stores, branch, before, asked, (wish.to, wish.cc))
    has_cover = len(branch.commits) > 1 and wish.has_cover
    changes = "" if wish.is_resend else _changes(desk, comparison, before, carried, revision)
    plan = Plan(
        before=before,
        comparison=comparison,
        revision=revision,
        prefix=prefix_of(desk, wish),
        change_id=change_id_of(desk, before, record),
        carried=carried,
        addressees=addressees,
        letter=Letter(revision, addressees.to, addressees.cc, "", changes),
        has_cover=has_cover,
        parents=_parents(desk, wish, before, addressees),
        with_range_diff=wish.with_range_diff,
    )
    return replace(plan, letter=_letter(desk, plan, record, changes))


def _before(desk: PostingDesk, wish: PostWish, record: Record) -> Before | None:
    ids = (*desk.branch.tracked.posted, *record.ids)
    prefix = prefix_of(desk, wish)
    return find_before(
        desk.stores, desk.branch, desk.sender, prefix=prefix, topic=wish.topic, ids=ids
    )


def _carried(desk: PostingDesk, wish: PostWish, before: Before | None) -> tuple[Carried, ...]:
    if before is None:
        return ()
    people = desk.stores.people
    return carried_over(
        desk.branch.commits,
        before.earlier,
        desk.sender,
        people,
        keeps_all=wish.keeps_trailers,
    )


def _parents(
    desk: PostingDesk, wish: PostWish, before: Before | None, addressees: Addressees
) -> tuple[str, ...]:
    """A new revision answers the old one where that is the custom."""
    if before is None:
        return ()
    wanted = wish.in_thread
    if wanted is None:
        wanted = desk.room.in_thread(addressees.lists)
    return references(before.first.parents[::-1], before.first.message_id) if wanted else ()


def _changes(
    desk: PostingDesk,
    comparison: Comparison | None,
    before: Before | None,
    carried: Sequence[Carried],
    revision: int,
) -> str:
    if comparison is None or before is None:
        return ""
    return changes_text(comparison, carried, revision, _link(desk.stores, before))


def _link(stores: Stores, before: Before) -> tuple[int, str] | None:
    """Where the last revision is read; None where no archive can have it."""
    first: Message = before.first
    try:
        address = archive_address(stores.settings, first.message_id, first.lists)
    except MkitError:
        return None
    return before.earlier.revision, address


def _letter(desk: PostingDesk, plan: Plan, record: Record, changes: str) -> Letter:
    """As it is kept for this revision; else made of the branch's cover letter or the last one."""
    kept = record.letter
    if kept is not None and kept.revision == plan.revision:
        return kept
    if not plan.has_cover:
        return plan.letter
    title, text = split_letter(desk.branch.cover)
    if not title and plan.comparison is not None and plan.comparison.old.cover is not None:
        title, _, *rest = desk.words.cover(plan.comparison.old.cover)
        text = "\n".join(rest).strip("\n")
    return replace(plan.letter, title=title, text=with_changes(text, changes, plan.revision))
