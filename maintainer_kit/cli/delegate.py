# SPDX-License-Identifier: GPL-2.0-or-later
"""``delegate``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import click

from maintainer_kit.cli.common import catch_up, examples, print_lines
from maintainer_kit.cli.deciding import Asked, carry_out, deciding
from maintainer_kit.wiring.maintainers_known import known_maintainers
from maintainer_kit.wiring.workspace import Workspace, open_workspace
from maintainer_kit.workflow.delegating import plan_delegate


@click.command(
    "delegate",
    epilog=examples("mkit delegate jane k3v9", "mkit delegate --suggest k3v9"),
)
@click.option("--rule", "by_rule", is_flag=True, help="Give back to the rules; there is no WHO.")
@click.option("--suggest", is_flag=True, help="Only tell who could decide about one TARGET.")
@click.option("--rules", is_flag=True, help="Only show mkit.delegate: how much each rule does.")
@click.argument("who", required=False, default="")
@deciding
def delegate_command(who: str, by_rule: bool, suggest: bool, rules: bool, **options: Any) -> None:
    """Say WHO is to decide about the topics of TARGETs, whatever the rules of mkit.delegate say.

    WHO is me, nobody, an address, a name, or the beginning of one. It holds for later revisions,
    too.
    """
    if by_rule + suggest + rules > 1:
        raise click.UsageError("--rule, --suggest and --rules exclude one another")
    words = (*((who,) if who else ()), *options["targets"])
    if rules:
        _show_rules(words, options)
    elif suggest:
        _suggest(words, options)
    else:
        asked = Asked(**{**options, "targets": words if by_rule else options["targets"]})
        _delegate(None if by_rule else who, asked)


def _delegate(who: str | None, asked: Asked) -> None:
    from maintainer_kit.workflow.known_people import find_person

    if who == "":
        raise click.UsageError("name WHO is to decide, and TARGETs; or --suggest, --rules")
    if who is None:
        carry_out("done", asked, lambda _, found: plan_delegate(None, found))
        return
    carry_out(
        "done",
        asked,
        lambda stores, found: plan_delegate(
            find_person(stores, who, partial(known_maintainers, stores.settings)), found
        ),
    )


@contextmanager
def _looking(options: dict[str, Any], what: str) -> Iterator[Workspace]:
    """The stores, for what decides nothing."""
    if options["query"] or options["why"] or options["dry_run"] or options["yes"]:
        raise click.UsageError(f"{what} decides nothing, and takes only --json")
    with open_workspace() as workspace:
        catch_up(workspace, no_sync=False)
        yield workspace


def _suggest(words: tuple[str, ...], options: dict[str, Any]) -> None:
    from maintainer_kit.adapters.catalogue.parties import PartyTable
    from maintainer_kit.render.delegation_text import suggestion_lines, suggestions_json
    from maintainer_kit.render.json_topics import dumps
    from maintainer_kit.workflow.suggesting import suggest
    from maintainer_kit.workflow.targets import resolve_topic

    if len(words) != 1:
        raise click.UsageError("--suggest takes one TARGET")
    with _looking(options, "--suggest") as workspace:
        row = resolve_topic(workspace.stores, words[0])
        history = PartyTable(workspace.catalogue.db, workspace.catalogue.path)
        maintainers = known_maintainers(workspace.stores.settings)
        found = suggest(workspace.stores, row, history, maintainers)
    if options["as_json"]:
        click.echo(dumps(suggestions_json(row, found)))
    else:
        print_lines(suggestion_lines(row, found))


def _show_rules(words: tuple[str, ...], options: dict[str, Any]) -> None:
    from maintainer_kit.render.delegation_text import rule_lines, rules_json
    from maintainer_kit.render.json_topics import dumps
    from maintainer_kit.workflow.delegating import remarks, spoken

    if words:
        raise click.UsageError("--rules takes no TARGET")
    with _looking(options, "--rules") as workspace:
        found = spoken(workspace.stores)
        known = partial(known_maintainers, workspace.stores.settings)
        told = {rule.number: remarks(rule, known) for rule, _ in found.rules}
    if options["as_json"]:
        click.echo(dumps(rules_json(found, told)))
    else:
        print_lines(rule_lines(found, told))
