# SPDX-License-Identifier: GPL-2.0-or-later
"""``prune``."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from maintainer_kit.cli.common import (
    catch_up,
    examples,
    json_option,
    print_lines,
    terminal_width,
    why_option,
)
from maintainer_kit.cli.deciding import MANY
from maintainer_kit.errors import Refused, RepositoryError
from maintainer_kit.model.decision.event import Origin
from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.render.json_topics import dumps
from maintainer_kit.render.land_json import candidates_json, prune_json
from maintainer_kit.wiring.workspace import Workspace, open_workspace
from maintainer_kit.workflow.decide import changes_of, decide
from maintainer_kit.workflow.landing.prune import (
    Candidate,
    Landed,
    candidates,
    landed_topics,
    plan_answers,
    plan_prune,
    reason_of,
)


@click.command("prune", epilog=examples("mkit prune --dry-run", "mkit prune --candidates k3v9"))
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--yes", is_flag=True, help=f"Do not ask; also for more than {MANY} topics.")
@click.option(
    "--candidates",
    "ask",
    is_flag=True,
    help="Ask about patches and commits that are alike, one by one; --dry-run lists them.",
)
@why_option
@json_option
@click.argument("targets", nargs=-1)
def prune_command(
    targets: tuple[str, ...], dry_run: bool, yes: bool, ask: bool, why: str, as_json: bool
) -> None:
    """Record topics all of whose patches landed: accepted (mainlined, if mkit.state knows it) and
    archived. No mail is deleted, and one undo takes all of it back.

    What landed is what mkit land has found. Without TARGET all such topics but those that a reply
    brought back. A TARGET may also wait in a branch that collects patches (mkit.ref with the role
    queued): it is recorded as queued, if mkit.state knows that, else as accepted.
    """
    with open_workspace() as workspace:
        catch_up(workspace, no_sync=False)
        named = _topics(workspace, targets)
        if ask:
            _ask_about(workspace, named, why, dry_run=dry_run, as_json=as_json)
            return
        found = landed_topics(workspace.stores, named)
        if named is not None:
            _refuse_others(named, found)
        _record(workspace, found, why, dry_run=dry_run, yes=yes, as_json=as_json)


def _topics(workspace: Workspace, targets: Sequence[str]) -> list[str] | None:
    if not targets:
        return None
    from maintainer_kit.cli.common import named_targets

    return list(dict.fromkeys(one.row.id for one in named_targets(workspace, targets, "")))


def _refuse_others(named: Sequence[str], found: Sequence[Landed]) -> None:
    """Nothing is half done: a topic that has not landed as a whole stops all."""
    there = {one.row.id for one in found}
    for one in named:
        if one not in there:
            words = f"not all patches of {one} are known to have landed, or to be queued"
            raise Refused(words, f"mkit land {one}")


def _record(
    workspace: Workspace,
    found: Sequence[Landed],
    why: str,
    *,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    plan = plan_prune(workspace.stores, found)
    changes = changes_of(workspace.stores, plan.events)
    if not as_json:
        print_lines(_lines(found))
    group = None
    if plan.events and not dry_run:
        _be_sure(len(found), yes, as_json)
        group = decide(workspace.stores, plan.events, Origin.CLI, why or reason_of(found))
    if as_json:
        name = group.id if group else None
        click.echo(dumps(prune_json(found, changes, name, dry_run=dry_run)))
    elif group:
        click.echo(f"pruned: {count_of(len(found), 'topic')}; mkit undo takes it back")
    elif plan.events:
        click.echo(f"{count_of(len(found), 'topic')} would be pruned; nothing was decided")
    else:
        click.echo("Nothing to prune: mkit land looks for what landed.")


def _lines(found: Sequence[Landed]) -> list[str]:
    return [visible_line(f"{one.row.id[:6]} {one.row.subject}: {one.words}") for one in found]


def _be_sure(topics: int, yes: bool, as_json: bool) -> None:
    """On a terminal always asked; elsewhere only so many topics are refused."""
    if yes:
        return
    if sys.stdin.isatty() and not as_json:
        click.confirm(f"record {count_of(topics, 'topic')}?", abort=True, err=True)
    elif topics > MANY:
        words = f"{topics} topics have landed"
        raise Refused(words, "add --yes if all of them are meant; --dry-run shows them")


def _ask_about(
    workspace: Workspace, named: Sequence[str] | None, why: str, *, dry_run: bool, as_json: bool
) -> None:
    found = list(candidates(workspace.stores, named))
    if as_json:
        click.echo(dumps(candidates_json(found)))
        return
    if not found:
        click.echo("No candidates: mkit land looks for what landed.")
        return
    if not dry_run and not sys.stdin.isatty():
        hint = "mkit prune --candidates --json, then mkit land MESSAGE-ID --is COMMIT or --is-not"
        raise Refused("candidates are asked about on a terminal", hint)
    answers: dict[str, list[Candidate]] = {"y": [], "n": [], "s": []}
    for at, one in enumerate(found, 1):
        print_lines(_shown(workspace, one))
        if dry_run:
            continue
        answer = click.prompt(
            f"{at}/{len(found)} is it this commit? yes, never, skip, quit",
            type=click.Choice([*answers, "q"]),
            default="s",
            err=True,
        )
        if answer == "q":
            break
        answers[answer].append(one)
    _answer(workspace, answers["y"], answers["n"], why)


def _answer(
    workspace: Workspace, confirmed: Sequence[Candidate], denied: Sequence[Candidate], why: str
) -> None:
    """All that was said is one group."""
    plan = plan_answers(workspace.stores, confirmed, denied)
    if not plan.events:
        return
    told = [
        f"{words} {', '.join(one.place.commit[:12] for one in some[:5])}"
        for words, some in (("landed as", confirmed), ("not", denied))
        if some
    ]
    reason = f"{'; '.join(told)}, by my own eyes"
    decide(workspace.stores, plan.events, Origin.CLI, why or reason)
    pruned = f"pruned: {count_of(len(confirmed), 'patch')}"
    never = f"not asked again: {count_of(len(denied), 'pair')}"
    said = "; ".join([*([pruned] if confirmed else ()), *([never] if denied else ())])
    click.echo(f"{said}; mkit undo takes it back")


def _shown(workspace: Workspace, one: Candidate) -> list[str]:
    """Patch and commit side by side, and why they were brought together."""
    from pathlib import Path

    from maintainer_kit.adapters.git.reach import GitReach
    from maintainer_kit.model.message.finding import find_patch
    from maintainer_kit.model.queue.verdict import day
    from maintainer_kit.render.land_pair import Side, changed_lines, side_by_side
    from maintainer_kit.workflow.messages import read_text

    message, place = one.message, one.place
    mail = read_text(workspace.stores, message.message_id)
    text = find_patch(mail, mail.text, message.subject, is_reply=False).text
    left = Side(
        [message.subject.title, str(message.author), day(message.date), message.message_id],
        changed_lines(text[: 1 << 20]),
    )
    try:
        reach = GitReach(Path(place.repository))
        title, author, date = reach.head_of(place.commit)
        diff = reach.diff_of(place.commit)
    except RepositoryError as error:
        title, author, date, diff = error.message, "", place.date, ""
    right = Side([title, author, day(date), place.words], changed_lines(diff))
    lines = list(side_by_side(left, right, terminal_width()))
    return [visible_line(f"{one.row.id[:6]} {one.landing.tier}: {one.landing.why}"), *lines, ""]
