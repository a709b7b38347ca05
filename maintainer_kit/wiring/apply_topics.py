# SPDX-License-Identifier: GPL-2.0-or-later
"""Topics applied in one go, by the settings, for whoever waits for one line about it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from maintainer_kit.adapters.git.publish import short_name
from maintainer_kit.adapters.home import find_home
from maintainer_kit.adapters.kept.used_branches import UsedBranches
from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.model.queue.landed import Place, Role
from maintainer_kit.wiring.apply_planned import apply_planned
from maintainer_kit.wiring.applying import open_site
from maintainer_kit.wiring.landed_here import note_landed
from maintainer_kit.wiring.places import sought_by
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.applying.application import Application, Phase
from maintainer_kit.workflow.applying.plan import ApplyWish
from maintainer_kit.workflow.applying.ports import Say
from maintainer_kit.workflow.landing.follow import read_ref
from maintainer_kit.workflow.landing.usual import COLLECTING, LOCAL, usual_refs
from maintainer_kit.workflow.stores import Stores

_SHORT = 12


def usual_branch(stores: Stores, lists: Sequence[str]) -> str:
    """Where patches of these lists went last; where none was applied here, the local branch that
    collects them: that which has most of theirs, else the first. Empty without one."""
    if used := UsedBranches(find_home().root).last(lists):
        return used
    wanted = [read_ref(line) for line in stores.settings.ref]
    for role in COLLECTING:
        usual = usual_refs(stores, partial(_collects, role))
        if found := next((usual[one] for one in lists if one in usual), ""):
            return short_name(found)
    return next((short_name(one.ref) for one in wanted if one.role == Role.QUEUED), "")


def _collects(role: str, place: Place) -> bool:
    return place.role == role and place.ref.startswith(LOCAL)


def apply_topics(workspace: Workspace, topic_ids: Sequence[str], branch: str, say: Say) -> str:
    """What came of it, in a line. ``say`` may raise to stop it.

    Raises what ``mkit apply`` says. Where a patch wants a person it stays laid open.
    """
    site = open_site(workspace, None, sought_by(workspace.stores, topic_ids))
    wish = ApplyWish(topic_ids, branch, refs=site.refs(), manner=site.manner(None, None))
    plan = site.plan(wish)
    one = apply_planned(site, plan, wish.refs, say)
    unknown = "" if one.phase is Phase.STOPPED else note_landed(workspace, site.place, one.branch)
    told = (_words(one), unknown, *map(visible_line, plan.remarks[:2]))
    return "; ".join(filter(None, told))


def _words(one: Application) -> str:
    name = visible_line(short_name(one.branch))
    if one.phase is Phase.STOPPED and one.current:
        number = f"{one.at + 1}/{len(one.patches)}"
        return (
            f"{name}: stopped at {number}, {visible_line(one.current.title)}: mkit apply --status"
        )
    made = sum(bool(each.commit) for each in one.applied)
    if not made:
        return f"{name}: all was there before"
    by_hand = f", {len(one.changed)} to look at: mkit apply --range-diff" if one.changed else ""
    return f"{name}: {one.head[:_SHORT]}, {count_of(made, 'commit')}{by_hand}"
