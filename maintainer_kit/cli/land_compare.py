# SPDX-License-Identifier: GPL-2.0-or-later
"""``land --range-diff``: patches beside the commits that they were seen as."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maintainer_kit.cli.common import print_lines
from maintainer_kit.errors import MkitError
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.queue.landed import Landing
from maintainer_kit.render.land_pair import compared_text
from maintainer_kit.wiring.landing_pair import range_diff, read_pair
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.landing.known import known_landings
from maintainer_kit.workflow.targets import resolve_all


def print_range_diffs(workspace: Workspace, targets: Sequence[str]) -> None:
    """Of each patch that is named, with each commit that it is or may be."""
    stores = workspace.stores
    named = (one for target in resolve_all(stores, targets) for one in target.message_ids)
    ids = list(dict.fromkeys(named))
    known = known_landings(stores.catalogue, ids)
    for landing in (one for message_id in ids for one in known.get(message_id, ())):
        print_lines(_lines(workspace, landing))


def _lines(workspace: Workspace, landing: Landing) -> Iterator[str]:
    pair = read_pair(workspace.stores, landing)
    title = pair.patch.title if pair.patch else landing.message_id
    yield ""
    yield visible_line(f"{landing.commit[:12]}  {title}")
    try:
        yield from compared_text(range_diff(pair))
    except MkitError as error:
        yield f"    no range-diff: {visible_line(error.message)}"
