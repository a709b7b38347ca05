# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``land`` lists instead of what landed."""

from __future__ import annotations

import click

from maintainer_kit.cli.common import print_lines, terminal_width
from maintainer_kit.render.json_topics import dumps
from maintainer_kit.render.land_json import not_landed_json, unexplained_json
from maintainer_kit.wiring.landing import LandingRoom
from maintainer_kit.wiring.workspace import Workspace, clock
from maintainer_kit.workflow.landing.land import LandReport


def print_not_landed(workspace: Workspace, days: int, as_json: bool) -> None:
    from maintainer_kit.render.land_text import not_landed_text
    from maintainer_kit.workflow.landing.lists import not_landed

    found = not_landed(workspace.stores, days)
    if as_json:
        click.echo(dumps(not_landed_json(found, days)))
    else:
        print_lines(not_landed_text(found, clock() // 1_000_000, days, terminal_width()))


def print_unexplained(workspace: Workspace, room: LandingRoom, days: int, as_json: bool) -> None:
    from maintainer_kit.render.land_text import unexplained_text
    from maintainer_kit.workflow.landing.lists import unexplained

    found = unexplained(workspace.stores, room.index, room.lately, days)
    if as_json:
        click.echo(dumps(unexplained_json(found, days)))
    else:
        print_lines(unexplained_text(found, clock() // 1_000_000, days, terminal_width()))


def print_problems(report: LandReport) -> None:
    from maintainer_kit.render.land_text import problems_text

    print_lines(problems_text(report))
