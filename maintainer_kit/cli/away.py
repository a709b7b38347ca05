# SPDX-License-Identifier: GPL-2.0-or-later
"""``away``: gone until a day, back again, or which of both."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import click

from maintainer_kit.adapters.kept.digest_mark import read_mark, write_mark
from maintainer_kit.cli.common import (
    catch_up,
    examples,
    json_option,
    moment_of,
    print_lines,
    why_option,
)
from maintainer_kit.cli.digest import keep_mark, print_digest, read_digest
from maintainer_kit.model.decision.away import Away
from maintainer_kit.model.decision.event import Group, Origin
from maintainer_kit.wiring.workspace import Workspace, clock, open_workspace
from maintainer_kit.workflow.away import come_back, current_absence, go_away
from maintainer_kit.workflow.digest.collect import DigestWish
from maintainer_kit.workflow.digest.mark import mark_all


@click.command(
    "away", epilog=examples("mkit away 2w --delegate jane@example.org", "mkit away --back")
)
@click.option("--delegate", metavar="WHO", default="", help="Who decides what waits for me.")
@click.option("--back", is_flag=True, help="Be here again, and read what happened.")
@why_option
@json_option
@click.argument("until", required=False)
def away_command(until: str | None, delegate: str, back: bool, why: str, as_json: bool) -> None:
    """Be away UNTIL a day: 2026-12-24, friday, 2w. Without it: say whether I am away.

    Meanwhile digests are silent, and rules of mkit.delegate with when=away hold. The first digest
    after it, or --back, says what happened.
    """
    if bool(until) and back:
        raise click.UsageError("UNTIL and --back exclude each other")
    if ((delegate or why) and not (until or back)) or (delegate and back):
        raise click.UsageError("say until when: mkit away UNTIL")
    end = moment_of(until, clock() // 1_000_000) if until else 0
    with open_workspace() as workspace:
        catch_up(workspace, no_sync=False)
        before = current_absence(workspace.stores)
        group = _decide(workspace, end, delegate, why, back=back)
        after = current_absence(workspace.stores)
    if back and not as_json:
        _tell(before)
    else:
        _print(after, group, as_json)


def _decide(workspace: Workspace, end: int, delegate: str, why: str, *, back: bool) -> Group | None:
    """None where it was only asked."""
    if back:
        return come_back(workspace.stores, Origin.CLI, why)
    if not end:
        return None
    deputy = _deputy(workspace, delegate) if delegate else ""
    group = go_away(workspace.stores, end, Origin.CLI, delegate=deputy, why=why)
    _begin(workspace)
    return group


def _begin(workspace: Workspace) -> None:
    """Without any digest before, what happened is what comes from now on."""
    if read_mark(workspace.home.root) is None:
        now = workspace.stores.clock() // 1_000_000
        write_mark(workspace.home.root, mark_all(workspace.stores, now))


def _tell(before: Away | None) -> None:
    """What happened; the stores are opened anew, as what is whose turn was for who was away."""
    with open_workspace() as workspace:
        catch_up(workspace, no_sync=False)
        digest = read_digest(workspace, DigestWish())
        if before:
            digest = replace(digest, returned=replace(before, until=digest.now))
        print_digest(digest)
        keep_mark(workspace, digest)


def _deputy(workspace: Workspace, word: str) -> str:
    """``Name <address>`` of whoever a word names; raises NotFound or Refused, with who was near."""
    from maintainer_kit.wiring.maintainers_known import known_maintainers
    from maintainer_kit.workflow.known_people import find_person

    settings = workspace.stores.settings
    found = find_person(workspace.stores, word, partial(known_maintainers, settings))
    return str(found) if found.address else ""


def _print(away: Away | None, group: Group | None, as_json: bool) -> None:
    if as_json:
        from maintainer_kit.model.decision.event_codec import dump_group
        from maintainer_kit.render.digest_json import away_json
        from maintainer_kit.render.json_topics import dumps, envelope

        value = envelope(
            away=away_json(away) if away else None, group=dump_group(group) if group else None
        )
        click.echo(dumps(value))
        return
    from maintainer_kit.render.digest_text import away_words

    print_lines([away_words(away)])
