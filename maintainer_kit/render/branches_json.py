# SPDX-License-Identifier: GPL-2.0-or-later
"""Branches as JSON: docs/schemas/branches.json."""

from __future__ import annotations

from maintainer_kit.render.envelope import Json, envelope, utc
from maintainer_kit.workflow.branches.branch import Beside, Branch
from maintainer_kit.workflow.branches.look import Report


def branches_json(report: Report) -> Json:
    """The contract of ``branches``."""
    return envelope(
        branches=[_branch(one) for one in report.branches],
        repositories=[
            {
                "path": one.path,
                "branches": one.count,
                "refs": [{"ref": ref.ref, "role": ref.role} for ref in one.refs],
            }
            for one in report.repositories
        ],
        problems=list(report.problems),
    )


def _branch(one: Branch) -> Json:
    head = one.head
    return {
        "repository": one.repository,
        "name": head.name,
        "ref": head.ref,
        "tip": head.tip,
        "subject": head.subject,
        "updated": utc(head.date),
        "role": one.role or None,
        "upstream": _beside(one.upstream),
        "push": _beside(one.push),
        "mainline": _beside(one.mainline),
        "merged": [{"ref": each.ref, "role": each.role} for each in one.merged],
        "commits": one.commits,
        "more": one.is_cut,
        "unknown": one.untold,
        "landed": one.landed,
        "topics": [
            {
                "id": part.topic,
                "subject": part.subject,
                "patches": part.count,
                "total": part.total,
                "newest": part.is_newest,
            }
            for part in one.parts
        ],
        "missing": list(one.missing),
        "tested": one.outcome or None,
        "results": [
            {
                "context": each.context,
                "outcome": each.outcome,
                "message_id": each.message_id or None,
            }
            for each in one.results
        ],
        "worktree": head.worktree or None,
        "wants": [{"kind": each.kind.value, "words": each.words} for each in one.wants],
    }


def _beside(one: Beside | None) -> Json | None:
    if one is None:
        return None
    is_there = not one.is_gone
    return {
        "ref": one.ref,
        "gone": one.is_gone,
        "ahead": one.ahead if is_there else None,
        "behind": one.behind if is_there else None,
    }
