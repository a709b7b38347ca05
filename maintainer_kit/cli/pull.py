# SPDX-License-Identifier: GPL-2.0-or-later
"""``pull``."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import click

from maintainer_kit.cli.common import Bar, examples, json_option, moment_of
from maintainer_kit.errors import MkitError
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.render.json_topics import dumps
from maintainer_kit.render.pulled import (
    pulled_complaints,
    pulled_json,
    pulled_line,
    pulled_topics,
)
from maintainer_kit.wiring.workspace import Workspace, open_workspace
from maintainer_kit.workflow.sync import sync

if TYPE_CHECKING:  # the network is reached late, and help needs none of it
    from maintainer_kit.workflow.pulling.pull import Pull


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the command line asks for."""

    words: tuple[str, ...]
    series: bool
    query: str
    since: int | None
    until: int | None
    threads: bool
    lists: tuple[str, ...]
    follow: bool
    complete: str
    tracked: bool
    fresh: bool


@click.command(
    "pull",
    epilog=examples(
        "mkit pull https://lore.kernel.org/r/20260108091225.1-1-ada@example.org",
        "mkit pull --list linux-erofs --since 1m",
    ),
)
@click.argument("words", metavar="[ID|URL|TOPIC]...", nargs=-1)
@click.option("--series", is_flag=True, help="Only the series that the mail is of, no replies.")
@click.option("--query", metavar="Q", default="", help="What this search of lore's finds.")
@click.option("--since", metavar="WHEN", help="With --query or --list: from then on (3d, 1m, DAY).")
@click.option("--until", metavar="WHEN", help="With --query: until then.")
@click.option("--threads", is_flag=True, help="With --query: whole threads.")
@click.option(
    "--list", "lists", metavar="NAME", multiple=True, help="What came to a list since last time."
)
@click.option(
    "--follow", is_flag=True, help="Other revisions of these topics; without any, of all open ones."
)
@click.option("--complete", metavar="TOPIC", default="", help="The patches that a topic lacks.")
@click.option("--tracked", is_flag=True, help="What the searches of mkit track find (mkit.lei).")
@click.option("--fresh", is_flag=True, help="Ask again for what was fetched minutes ago.")
@json_option
def pull_command(
    words: tuple[str, ...],
    series: bool,
    query: str,
    since: str | None,
    until: str | None,
    threads: bool,
    lists: tuple[str, ...],
    follow: bool,
    complete: str,
    tracked: bool,
    fresh: bool,
    as_json: bool,
) -> int:
    """Fetch mail from an archive (mkit.lore): the threads of mails, by Message-ID or by any URL of
    them; what a search finds; what came to lists (the first time of 30 days); revisions of topics.
    Without arguments: what came to the lists of mkit.archive, to the clones of mkit.inbox, and what
    is tracked. Run it again after any trouble."""
    _insist_on_one(words, query, lists, follow, complete, tracked)
    _insist_on_use(words, series, query, since, until, threads, lists)
    with open_workspace() as workspace:
        now = workspace.stores.clock() // 1_000_000
        begin, end = (moment_of(one, now, back=True) if one else None for one in (since, until))
        asked = (words, series, query, begin, end, threads, lists, follow, complete)
        return _pull(workspace, _Wish(*asked, tracked, fresh), as_json)


def _insist_on_one(
    words: Sequence[str],
    query: str,
    lists: Sequence[str],
    follow: bool,
    complete: str,
    tracked: bool,
) -> None:
    given = [bool(words) and not follow, bool(query), bool(lists), follow, bool(complete), tracked]
    if sum(given) > 1:
        raise click.UsageError(
            "one of: ID or URL, --query, --list, --follow [TOPIC]..., --complete TOPIC, --tracked"
        )


def _insist_on_use(
    words: Sequence[str],
    series: bool,
    query: str,
    since: str | None,
    until: str | None,
    threads: bool,
    lists: Sequence[str],
) -> None:
    if series and not words:
        raise click.UsageError("--series needs an ID or a URL")
    if (until or threads) and not query:
        raise click.UsageError("--until and --threads are for --query")
    if since and not query and not lists:
        raise click.UsageError("--since is for --query and --list")


def _pull(workspace: Workspace, wish: _Wish, as_json: bool) -> int:
    from maintainer_kit.wiring.pulling import open_pull

    start = time.monotonic()
    fetched = 0
    with Bar("fetch", "KiB") as network, Bar("import", "mails") as bar:

        def heard(size: int) -> None:
            nonlocal fetched
            fetched += size
            network.advance(fetched >> 10)

        with open_pull(workspace, heard, bar, fresh=wish.fresh) as pull:
            try:
                _run(workspace, pull, wish)
            except (MkitError, KeyboardInterrupt):
                if pull.pulled.report.messages and not as_json:
                    line = pulled_line(pull.pulled, fetched, time.monotonic() - start)
                    click.echo(f"kept: {line}", err=True)
                raise
    topics = _topics(workspace, pull.pulled.named)
    seconds = time.monotonic() - start
    if as_json:
        click.echo(dumps(pulled_json(pull.pulled, topics, fetched, seconds)))
    else:
        click.echo(pulled_line(pull.pulled, fetched, seconds))
        for line in pulled_topics(topics):
            click.echo(line)
        for line in pulled_complaints(pull.pulled):
            click.echo(line, err=True)
    return _lacking(pull, wish.complete)


def _run(workspace: Workspace, pull: Pull, wish: _Wish) -> None:
    from maintainer_kit.workflow.pulling.lists import pull_list
    from maintainer_kit.workflow.pulling.places import list_archive, list_archives, mail_place
    from maintainer_kit.workflow.pulling.thread import pull_thread

    settings = pull.stores.settings
    if wish.query or wish.follow or wish.complete:
        _search(pull, wish)
    elif wish.words:
        # All are read before any is fetched: a slip in the last one costs nothing.
        for place in [mail_place(settings, word) for word in wish.words]:
            pull_thread(pull, place, series_only=wish.series)
    elif wish.tracked:
        _repeat_searches(workspace, pull, wish)
    elif wish.lists:
        for address in [list_archive(settings, name) for name in wish.lists]:
            pull_list(pull, address, wish.since)
    else:
        _bring_all(workspace, pull, wish, list(list_archives(settings).values()))


def _bring_all(workspace: Workspace, pull: Pull, wish: _Wish, archives: Sequence[str]) -> None:
    """What came to every place of the settings. One that fails does not stop the others; the first
    failure is told after them."""
    from maintainer_kit.workflow.pulling.lists import pull_list

    failed: list[MkitError] = []

    def attempt(step: Callable[[], object]) -> object:
        try:
            return step()
        except MkitError as error:
            failed.append(error)
            return True

    for address in archives:
        attempt(partial(pull_list, pull, address, wish.since))
    followed = attempt(lambda: _follow_clones(workspace, pull))
    searched = attempt(lambda: _repeat_searches(workspace, pull, wish))
    if failed:
        for error in failed[1:]:
            click.echo(f"mkit: {error.message}", err=True)
        raise failed[0]
    if not (archives or followed or searched):
        raise click.UsageError("name an ID, a URL, --list NAME, or set mkit.archive or mkit.inbox")


def _follow_clones(workspace: Workspace, pull: Pull) -> bool:
    """Import what is new in the clones of mkit.inbox; whether there are any."""
    if not pull.stores.settings.inbox:
        return False
    from maintainer_kit.wiring.inboxes import follow_inboxes, settings_inboxes

    clones = settings_inboxes(pull.stores.settings)
    for report in follow_inboxes(workspace, clones, lambda name: Bar(name, "mails")):
        pull.pulled.report.add(report.imported)
    return True


def _repeat_searches(workspace: Workspace, pull: Pull, wish: _Wish) -> bool:
    from maintainer_kit.wiring.tracking import repeat_searches

    with Bar("lei", "mails") as shown:
        return repeat_searches(workspace, pull, shown, again=wish.fresh, asked=wish.tracked)


def _search(pull: Pull, wish: _Wish) -> None:
    from maintainer_kit.workflow.pulling.places import usual_archive

    address = usual_archive(pull.stores.settings)
    if wish.query:
        from maintainer_kit.workflow.pulling.finding import pull_query

        pull_query(pull, address, wish.query, wish.since, wish.until, threads=wish.threads)
        return
    sync(pull.stores, wait=0.0)
    if wish.complete:
        from maintainer_kit.workflow.pulling.complete import pull_complete

        pull_complete(pull, address, wish.complete)
        return
    from maintainer_kit.workflow.pulling.follow import pull_follow

    pull_follow(pull, address, _followed(pull, wish.words))


def _followed(pull: Pull, words: Sequence[str]) -> list[str]:
    from maintainer_kit.workflow.reading import select
    from maintainer_kit.workflow.records import Selection
    from maintainer_kit.workflow.targets import resolve_topic

    if words:
        return [resolve_topic(pull.stores, word).id for word in words]
    return [topic_id for topic_id, _ in select(pull.stores, Selection())]


def _topics(workspace: Workspace, named: Sequence[str]) -> dict[str, TopicRow]:
    """The rows of the topics of these mails."""
    catalogue = workspace.stores.catalogue
    ids = catalogue.topic_ids(named)
    rows = {row.id: row for row in catalogue.rows(list(set(ids.values())))}
    return {one: rows[ids[one]] for one in named if ids.get(one) in rows}


def _lacking(pull: Pull, word: str) -> int:
    if not pull.pulled.lacking:
        return 0
    click.echo(f"mkit: the archive does not have {', '.join(pull.pulled.lacking)}", err=True)
    click.echo(f"try: mkit show {word}, or ask its author to send it again", err=True)
    return 1
