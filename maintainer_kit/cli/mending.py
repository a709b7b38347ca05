# SPDX-License-Identifier: GPL-2.0-or-later
"""``link`` and ``unlink``."""

from __future__ import annotations

import click

from maintainer_kit.cli.common import (
    catch_up,
    examples,
    json_option,
    named_targets,
    print_group,
    why_option,
)
from maintainer_kit.model.decision.event import Origin
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow import mend
from maintainer_kit.workflow.targets import resolve


@click.command(
    "link",
    epilog=examples("mkit link k3v9 b7qa", "mkit link 20260301-v3-0@example.org k3v9"),
)
@why_option
@json_option
@click.argument("newer")
@click.argument("older")
def link_command(newer: str, older: str, why: str, as_json: bool) -> None:
    """Make the series NEWER a later revision of OLDER: they become one topic.

    Each is a topic id or the Message-ID of a mail of the posting. The decision is kept over a
    rebuild; undo takes it back.
    """
    with open_workspace() as workspace:
        catch_up(workspace, no_sync=False)
        stores = workspace.stores
        group = mend.link(stores, resolve(stores, newer), resolve(stores, older), Origin.CLI, why)
    print_group(group, "done", as_json)


@click.command(
    "unlink",
    epilog=examples("mkit unlink 20260301-v3-0@example.org", "mkit log k3v9"),
)
@why_option
@json_option
@click.argument("targets", nargs=-1)
def unlink_command(targets: tuple[str, ...], why: str, as_json: bool) -> None:
    """Take the postings that the TARGETs name out of their topic.

    A target is the Message-ID of a cover letter or patch. Postings that are named together stay
    together. The decision is kept over a rebuild; undo takes it back.
    """
    with open_workspace() as workspace:
        catch_up(workspace, no_sync=False)
        found = named_targets(workspace, targets, "")
        group = mend.unlink(workspace.stores, found, Origin.CLI, why)
    print_group(group, "done", as_json)
