# SPDX-License-Identifier: GPL-2.0-or-later
"""What was applied, as JSON: docs/schemas/apply.json."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.render.envelope import Json, envelope
from maintainer_kit.workflow.applying.application import Application, Phase

_BRANCHES = "refs/heads/"


def apply_json(one: Application, remarks: Sequence[str], tree: str, *, dry_run: bool) -> Json:
    """The contract of ``apply``. Where it stopped, the branch is where it was: ``new`` is null."""
    is_stopped = one.phase is Phase.STOPPED
    current = one.current if is_stopped else None
    return envelope(
        branch=one.branch.removeprefix(_BRANCHES),
        old=one.old,
        new=None if is_stopped else one.head,
        base=one.base,
        applied=[
            {"message_id": each.message_id, "commit": each.commit, "way": each.way.value}
            for each in one.applied
            if each.commit
        ],
        left_out=[
            {"message_id": each.message_id, "way": each.way.value}
            for each in one.applied
            if not each.commit
        ],
        stopped_at=current.message_id if current else None,
        stopped=_stop(one, tree) if current else None,
        repository=one.repository,
        dry_run=dry_run,
        remarks=list(remarks),
    )


def under_way_json(applications: Sequence[tuple[Application, str]]) -> Json:
    """All that are under way, each with its tree."""
    return envelope(
        under_way=[apply_json(one, (), tree, dry_run=False) for one, tree in applications]
    )


def _stop(one: Application, tree: str) -> Json:
    return {"tree": tree, "paths": list(one.paths), "tried": list(one.told)}
