# SPDX-License-Identifier: GPL-2.0-or-later
"""``state`` and ``archive``: decisions about patches."""

from __future__ import annotations

from typing import Any

import click

from maintainer_kit.cli.common import examples
from maintainer_kit.cli.deciding import Asked, carry_out, deciding, on_patches
from maintainer_kit.workflow.decide import plan_archived, plan_state


@click.command(
    "state",
    epilog=examples(
        "mkit state accepted k3v9",
        "mkit list --format '{id}' --turn me | mkit state under-review -",
    ),
)
@click.argument("state")
@deciding
@click.option("--force", is_flag=True, help="Against a limit of mkit.state; the log tells it.")
def state_command(state: str, force: bool, **options: Any) -> None:
    """Set STATE on TARGETs, all as one decision that one undo takes back.

    A topic id means its newest patches, a cover letter's id its series, a patch's id that patch.
    """
    carry_out(
        "set",
        Asked(**options),
        lambda stores, found: plan_state(stores, state, on_patches(found), force=force),
    )


@click.command(
    "archive",
    epilog=examples(
        "mkit archive k3v9", "mkit archive --undo k3v9", "mkit archive --older-than 90d"
    ),
)
@click.option("--undo", "bring_back", is_flag=True, help="Bring back into the queue.")
@deciding
def archive_command(bring_back: bool, **options: Any) -> None:
    """Take TARGETs out of the queue without changing their state; a new revision comes back."""
    carry_out(
        "done",
        Asked(**options),
        lambda _, found: plan_archived(not bring_back, on_patches(found)),
    )
