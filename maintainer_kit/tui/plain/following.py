# SPDX-License-Identifier: GPL-2.0-or-later
"""Catching up with the mail, in the linear mode: only when it is asked for, or at the start."""

from __future__ import annotations

from maintainer_kit.errors import MkitError
from maintainer_kit.model.mail.text import count_of
from maintainer_kit.workflow.arrivals import check_arrivals
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.sync import sync


def follow(stores: Stores) -> str:
    """Sync and check what came in; what came, in words."""
    report = sync(stores, wait=0.0)
    if report.skipped:
        return "another mkit is at the mail; sync again for what it brings"
    try:
        check_arrivals(stores)
    except MkitError as error:  # what came in is shown all the same
        return f"not checked: {error.message}"
    told = [count_of(report.new, "new mail")] if report.new else []
    told += [f"{report.vanished} vanished"] if report.vanished else []
    told += [f"{report.decisions} decided in other clients"] if report.decisions else []
    return ", ".join(told) or "nothing new"
