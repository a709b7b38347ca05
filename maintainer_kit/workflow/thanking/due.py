# SPDX-License-Identifier: GPL-2.0-or-later
"""What is to be thanked for in one topic."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from maintainer_kit.model.mail.text import storable
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.message.subject import title_key
from maintainer_kit.model.queue.landed import Landing, Place
from maintainer_kit.model.topic.kind import TopicKind
from maintainer_kit.workflow.landing.prints import patch_prints
from maintainer_kit.workflow.reading import Detail
from maintainer_kit.workflow.replying.desk import Desk
from maintainer_kit.workflow.thanking.branches import Landed, landed_posting
from maintainer_kit.workflow.thanking.facts import Applied, Passed, Thanks
from maintainer_kit.workflow.thanking.ports import Head, ThanksRoom
from maintainer_kit.workflow.thanking.told import told_of


@dataclass(frozen=True, slots=True)
class ThanksWish:
    """How the user wants it done."""

    branch: str = ""
    """Only what is in it, whatever was thanked for elsewhere."""
    template: str = ""
    again: bool = False
    """Also for what was thanked for before."""
    is_dry: bool = False
    """Nothing is kept."""


_TEMPLATE = "thanks"
"""A template of this name is taken unless another is asked for."""


def usual_wish(desk: Desk) -> ThanksWish:
    """As users want it who say nothing else."""
    return ThanksWish(template=usual_template(desk))


def usual_template(desk: Desk) -> str:
    """The user's own words for thanks; empty where there are none."""
    return _TEMPLATE if _TEMPLATE in desk.templates.names() else ""


def due(room: ThanksRoom, detail: Detail, wish: ThanksWish) -> Thanks | Passed:
    """What to say to the author of a topic, or why nothing."""
    if detail.topic.kind is not TopicKind.SERIES:
        return Passed(detail.row, f"it is a {detail.row.kind}", is_mine=False)
    landed = landed_posting(detail.topic, detail.landings, wish.branch)
    if landed is None:
        where = f"in {wish.branch}" if wish.branch else "in a branch that is followed"
        return Passed(detail.row, f"nothing of it has landed {where}", is_mine=False)
    me = room.desk.stores.me
    if me.sent(landed.head):
        return Passed(detail.row, "it is your own", is_mine=False)
    heads = room.trees.heads(landed.branch.repository, _commits(landed.places))
    is_mine = any(me.is_one(one.committer) for one in heads.values())
    before = {} if wish.again else _before(room, detail, landed, wish)
    fresh = [one for one in landed.patches if one.message_id in landed.places.keys() - before]
    if not fresh:
        who = next(before[one] for one in landed.places)
        return Passed(detail.row, f"its author was told: {who}", is_mine)
    elsewhere = {
        one.message_id: detail.landings.get(one.message_id, ())
        for one in landed.patches
        if one.message_id not in landed.places
    }
    return Thanks(
        row=detail.row,
        head=landed.head,
        tree=room.trees.tree(landed.branch),
        applied=_applied(room, landed, fresh, heads),
        missing=tuple(one for one in landed.patches if elsewhere.get(one.message_id) == ()),
        unsure=tuple(_unsure(elsewhere)),
        total=landed.total,
        is_mine=is_mine,
    )


def _unsure(elsewhere: Mapping[str, Collection[Landing]]) -> list[Landing]:
    """The best candidate of each patch of which nothing is sure."""
    return [
        max(several, key=lambda one: (one.score, one.commit))
        for several in elsewhere.values()
        if several and not any(one.is_sure for one in several)
    ]


def _before(room: ThanksRoom, detail: Detail, landed: Landed, wish: ThanksWish) -> dict[str, str]:
    """Patches that were thanked for, each with by whom: by mail, or by a draft of ours that is no
    more, as it was sent or dropped."""
    found = told_of(room.desk.stores, detail, landed)
    tree = room.trees.tree(landed.branch)
    open_ones = {one.message_id for one in room.desk.drafts.all()}
    for one in room.records.about([patch.message_id for patch in landed.patches]):
        is_here = (one.tree, one.branch) == (tree.name, tree.branch)
        if one.message_id in open_ones or (wish.branch and not is_here):
            continue
        for message_id, _ in one.patches:
            found.setdefault(message_id, f"you drafted {one.message_id}")
    return found


def _applied(
    room: ThanksRoom, landed: Landed, fresh: list[Message], heads: Mapping[str, Head]
) -> tuple[Applied, ...]:
    edited = _edited(room, landed, [one.message_id for one in fresh])
    found = []
    for one in fresh:
        commit = landed.places[one.message_id].commit
        title = heads[commit].title if commit in heads else one.subject.title
        is_same = title_key(title) == one.subject.key
        found.append(
            Applied(one, commit, one.message_id in edited, "" if is_same else storable(title))
        )
    return tuple(found)


def _edited(room: ThanksRoom, landed: Landed, message_ids: Collection[str]) -> set[str]:
    """Patches that change other lines than their commits do."""
    stores = room.desk.stores
    commits = room.evidence.commits.commits(_commits(landed.places))
    records = stores.catalogue.records(message_ids)
    found = set()
    for one in patch_prints(stores, records.values()):
        commit = commits.get(landed.places[one.message_id].commit)
        if commit is None:
            continue
        mine, theirs = one.print, commit.print
        same_id = bool(mine.patch_id) and mine.patch_id == theirs.patch_id
        if not same_id and mine.lines_hash != theirs.lines_hash:
            found.add(one.message_id)
    return found


def _commits(places: Mapping[str, Place]) -> list[str]:
    return list(dict.fromkeys(one.commit for one in places.values()))
