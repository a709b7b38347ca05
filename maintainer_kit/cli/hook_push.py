# SPDX-License-Identifier: GPL-2.0-or-later
"""The hook pre-push."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from maintainer_kit.adapters.git.checking.outgoing import outgoing
from maintainer_kit.adapters.git.log import read_commits
from maintainer_kit.checks.finding import Severity
from maintainer_kit.checks.report import Checked
from maintainer_kit.cli.hook_words import print_findings, say
from maintainer_kit.wiring.checkroom import CheckWish, open_repository
from maintainer_kit.workflow.check import Judge, commit_series
from maintainer_kit.workflow.pushing import (
    MOST_COMMITS,
    Pushed,
    pushed_by_pre_commit,
    pushed_refs,
)

_MOST_REFS = 50


def pre_push(words: Sequence[str]) -> int:
    """Check what standard input says is pushed to the remote that is named."""
    remote = words[0] if words else os.environ.get("PRE_COMMIT_REMOTE_NAME", "")
    pushed = pushed_by_pre_commit(os.environ) or tuple(pushed_refs(sys.stdin.read()))
    if len(pushed) > _MOST_REFS:
        say(f"{len(pushed)} references are pushed: the first {_MOST_REFS} of them are checked")
    seen: set[str] = set()
    codes = [_check(one, remote, seen) for one in pushed[:_MOST_REFS]]
    return max(codes, default=0)


def _check(pushed: Pushed, remote: str, seen: set[str]) -> int:
    """One reference; commits that came with another are not looked at again."""
    # The base is what is pushed: what is checked out may be something else.
    with open_repository(CheckWish(base=pushed.local)) as (room, facts):
        found = outgoing(facts.git, pushed, remote, MOST_COMMITS)
        if found is None:
            return 0
        wanted, count = found
        if count > MOST_COMMITS:
            say(f"{pushed.name}: {count} commits are pushed: the last {MOST_COMMITS} are checked")
        judge, reason = room.judge()
        records = [one for one in read_commits(facts.git, wanted) if one.commit not in seen]
        seen.update(one.commit for one in records)
        judged: list[tuple[Judge, Checked]] = [
            (judge, judge.check(series)) for series in commit_series(iter(records), len(records))
        ]
    return int(print_findings(judged, reason, Severity.ERROR))
