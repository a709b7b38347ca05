# SPDX-License-Identifier: GPL-2.0-or-later
"""Fetch the patches that topics lack, as ``mkit pull --complete`` does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from maintainer_kit.model.mail.text import count_of
from maintainer_kit.tui.work.works import Work
from maintainer_kit.wiring.workspace import Workspace

if TYPE_CHECKING:  # the network is reached late
    from maintainer_kit.workflow.pulling.pull import Pulled


def fetch(workspace: Workspace, work: Work, topic_ids: Sequence[str]) -> str:
    """What came, in words. Raises ArchiveError, and Stopped once it was told to end."""
    from maintainer_kit.wiring.pulling import open_pull
    from maintainer_kit.workflow.pulling.complete import pull_complete
    from maintainer_kit.workflow.pulling.places import usual_archive
    from maintainer_kit.workflow.sync import sync

    fetched = 0

    def heard(size: int) -> None:
        nonlocal fetched
        fetched += size
        work.say(f"{fetched >> 10} KiB")

    address = usual_archive(workspace.stores.settings)
    work.say("asking")
    sync(workspace.stores, wait=0.0)
    with open_pull(workspace, heard, work) as pull:
        for topic_id in topic_ids:
            work.check()
            pull_complete(pull, address, topic_id)
    return _words(pull.pulled)


def _words(pulled: Pulled) -> str:
    new = pulled.report.new
    told = [f"{count_of(new, 'new mail')}" if new else "nothing new"]
    if pulled.lacking:
        told.append(f"the archive does not have {', '.join(pulled.lacking[:3])}")
    elif not pulled.named and not pulled.absent:
        told = ["no patch is missing"]
    return "; ".join(told)
