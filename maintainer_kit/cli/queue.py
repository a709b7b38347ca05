# SPDX-License-Identifier: GPL-2.0-or-later
"""``list``, ``show`` and ``search``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from maintainer_kit.cli.common import (
    catch_up,
    check_new,
    examples,
    json_option,
    no_sync_option,
    not_collecting,
    print_lines,
    print_text,
    telling_why_not_checked,
    terminal_width,
)
from maintainer_kit.model.queue.verdict import Turn
from maintainer_kit.wiring.workspace import clock, open_workspace
from maintainer_kit.workflow.listing import (
    Listing,
    find_view,
    is_open_only,
    listed,
    listed_lines,
)
from maintainer_kit.workflow.reading import rows

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.model.queue.line import Line
    from maintainer_kit.model.queue.row import TopicRow
    from maintainer_kit.workflow.stores import Stores


@click.command(
    "list",
    epilog=examples(
        "mkit list --turn me",
        "mkit list --view mine --format '{id} {subject:.60}' 'age:>2w from:jane'",
    ),
)
@click.option("--state", "states", multiple=True, metavar="S", help="Only this state (several).")
@click.option(
    "--turn",
    "turns",
    multiple=True,
    type=click.Choice([turn.value for turn in Turn]),
    help="Only what waits for this one (several).",
)
@click.option("--delegate", metavar="WHO", default="", help="Only theirs: a person, me, nobody.")
@click.option("--view", metavar="NAME", default="", help="Only this view: see mkit views.")
@click.option("--ignored", is_flag=True, help="What mkit.intake, or coming by no list, keeps out.")
@click.option("--all", "everything", is_flag=True, help="Also what needs nobody.")
@click.option(
    "--format",
    "template",
    metavar="TEMPLATE",
    help="Print each as TEMPLATE: {id} {state:<12} {subject:.60}; names as --json has them.",
)
@click.option("--count", "only_count", is_flag=True, help="Print only how many there are.")
@json_option
@no_sync_option
@click.argument("query", nargs=-1)
def list_command(
    states: tuple[str, ...],
    turns: tuple[str, ...],
    delegate: str,
    view: str,
    ignored: bool,
    everything: bool,
    template: str | None,
    only_count: bool,
    as_json: bool,
    no_sync: bool,
    query: tuple[str, ...],
) -> None:
    """The queue: topics that need somebody, grouped by whose turn it is.

    QUERY mixes terms of mkit's (state:accepted, age:>30d, file:fs/erofs/, mkit:starred, ...) with
    notmuch's, joined by and, or, not and parentheses. A QUERY that names a state, a turn or a view
    is not limited to what needs somebody. See docs/queries.md.
    """
    if (template is not None) + only_count + as_json > 1:
        raise click.UsageError("--format, --count and --json exclude each other")
    show = _printer(template, only_count, as_json)
    with open_workspace() as workspace:
        stores = workspace.stores
        named = _named(stores, states)
        asked = " ".join(query)
        listing = Listing(named, frozenset(turns), view, delegate, asked, everything, ignored)
        if catch_up(workspace, no_sync):
            check_new(workspace)
        with not_collecting():
            show(stores, listing)


def _named(stores: Stores, states: Sequence[str]) -> frozenset[str]:
    if not states:
        return frozenset()
    from maintainer_kit.workflow.decide import check_state  # with all that decisions need

    return frozenset(check_state(state, stores.states) for state in states)


Printer = Callable[["Stores", Listing], None]
"""Prints what is asked for."""


def _printer(template: str | None, only_count: bool, as_json: bool) -> Printer:
    if template is not None:
        return _by_template(template)
    if only_count:
        return lambda stores, listing: click.echo(len(listed(stores, listing)))
    return _print_json if as_json else _print_text


def _print_json(stores: Stores, listing: Listing) -> None:
    from maintainer_kit.render.json_lines import list_json_text

    for text in list_json_text(listed_lines(stores, listing)):
        print_text(text, end=False)
    click.echo()


def _print_text(stores: Stores, listing: Listing) -> None:
    found = listed_lines(stores, listing)
    if not found and (listing.view or listing.query or listing.ignored):
        click.echo(_nothing(stores, listing))
    else:
        _print_lines(found)
    if listing == Listing() and (ignored := stores.catalogue.count_ignored()):
        from maintainer_kit.model.mail.text import count_of

        click.echo(f"\n{count_of(ignored, 'topic')} kept out of the queue: mkit list --ignored")


def _print_lines(found: Sequence[Line]) -> None:
    from maintainer_kit.render.queue_text import list_text

    print_lines(list_text(found, clock() // 1_000_000, terminal_width()))


def _by_template(text: str) -> Printer:
    from maintainer_kit.render.template import NoTemplate, formatted, read_template

    try:
        template = read_template(text)
    except NoTemplate as error:
        raise click.BadParameter(str(error), param_hint="--format") from error
    return lambda stores, listing: print_lines(
        formatted(rows(stores, listed(stores, listing)), template)
    )


def _nothing(stores: Stores, listing: Listing) -> str:
    """What is said where a view or a query finds nothing."""
    if not stores.catalogue.count():
        return "There is no mail yet. mkit import brings it in; mkit demo shows sample mail."
    if listing.view and not listing.query:
        return find_view(stores, listing.view).empty
    if listing.ignored and not listing.query:
        return "No rule keeps anything out of the queue."
    if is_open_only(stores, listing):
        return "Nothing that needs somebody matches. mkit list --all looks at everything."
    return "No topic matches."


@click.command("search", epilog=examples("mkit search from:jane subject:lock", "mkit search -- -s"))
@json_option
@no_sync_option
@click.argument("query", nargs=-1, required=True)
def search_command(query: tuple[str, ...], as_json: bool, no_sync: bool) -> None:
    """Topics of which any mail matches QUERY, in notmuch's search syntax, whatever their state."""
    with open_workspace() as workspace:
        if catch_up(workspace, no_sync):
            check_new(workspace)
        listing = Listing(query=" ".join(query), everything=True)
        if as_json:
            _print_json(workspace.stores, listing)
        else:
            _print_text(workspace.stores, listing)


@click.command("show", epilog=examples("mkit show k3v9", "mkit show --json MESSAGE-ID"))
@json_option
@no_sync_option
@click.argument("target")
def show_command(target: str, as_json: bool, no_sync: bool) -> None:
    """One topic: its revisions, patches, trailers and replies, and which lines these speak of.

    TARGET is a topic id (or how it begins), a Message-ID, or an archive's URL of it.
    """
    with open_workspace() as workspace:
        catch_up(workspace, no_sync)
        _show(workspace.stores, target, as_json)


def _show(stores: Stores, target: str, as_json: bool) -> None:
    from maintainer_kit.render.json_topics import dumps, message_json
    from maintainer_kit.render.topic_text import message_text
    from maintainer_kit.workflow.targets import lone_message, resolve_topic

    if not (record := lone_message(stores, target)):
        _show_topic(stores, resolve_topic(stores, target), as_json)
    elif as_json:
        paths = [file.path for file in record.files]
        click.echo(dumps(message_json(record.message, paths)))
    else:
        print_lines(message_text(record.message, clock() // 1_000_000))


def _show_topic(stores: Stores, row: TopicRow, as_json: bool) -> None:
    from dataclasses import replace

    from maintainer_kit.render.json_topics import dumps, show_json
    from maintainer_kit.render.topic_text import topic_text
    from maintainer_kit.workflow.arrivals import topic_findings
    from maintainer_kit.workflow.attest import topic_attestations
    from maintainer_kit.workflow.comments import topic_remarks
    from maintainer_kit.workflow.reading import detail_now

    found = detail_now(stores, row)
    remarks = topic_remarks(stores, found.topic)
    with telling_why_not_checked():
        found = replace(found, findings=topic_findings(stores, found.topic))
    with telling_why_not_checked():
        found = replace(found, attested=topic_attestations(stores, found.topic))
    if as_json:
        click.echo(dumps(show_json(found, remarks)))
    else:
        print_lines(topic_text(found, clock() // 1_000_000, remarks))
