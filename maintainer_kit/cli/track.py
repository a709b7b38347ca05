# SPDX-License-Identifier: GPL-2.0-or-later
"""``track``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from maintainer_kit.cli.common import Bar, examples, json_option, moment_of, print_lines
from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.render.json_topics import dumps
from maintainer_kit.render.track_text import tracked_json, tracked_lines
from maintainer_kit.wiring.workspace import open_workspace

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.wiring.workspace import Workspace
    from maintainer_kit.workflow.tracking import Tracked, Tracking

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")
_UNFIT = re.compile(r"[^a-z0-9._]+")
_EVER = "ever"
_FIRST = "30d"


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the command line asks for."""

    section: str
    paths: tuple[str, ...]
    lists: tuple[str, ...]
    query: str
    is_userspace: bool
    name: str
    since: str
    places: tuple[str, ...]

    @property
    def kinds(self) -> int:
        given = (self.section, self.paths, self.lists, self.query, self.is_userspace)
        return sum(map(bool, given))


@click.command(
    "track",
    epilog=examples(
        'mkit track --section "EROFS FILE SYSTEM" --since 3m',
        "mkit track --userspace-api --name uapi",
    ),
)
@click.option("--section", metavar="NAME", default="", help="What concerns this of MAINTAINERS.")
@click.option("--path", "paths", metavar="GLOB", multiple=True, help="Patches of these files.")
@click.option("--list", "lists", metavar="ADDRESS", multiple=True, help="Mail to this list.")
@click.option("--query", metavar="Q", default="", help="What this search of lore's finds.")
@click.option(
    "--userspace-api", "is_userspace", is_flag=True, help="What programs see, by anybody."
)
@click.option("--name", metavar="NAME", default="", help="What to call it here.")
@click.option(
    "--since", metavar="WHEN", default=_FIRST, show_default=True, help="From then on; or: ever."
)
@click.option(
    "--from", "places", metavar="URL|DIR", multiple=True, help="The archive; else by mkit.lore."
)
@click.option("--remove", metavar="NAME", default="", help="Track it no longer; no mail goes.")
@json_option
def track_command(
    section: str,
    paths: tuple[str, ...],
    lists: tuple[str, ...],
    query: str,
    is_userspace: bool,
    name: str,
    since: str,
    places: tuple[str, ...],
    remove: str,
    as_json: bool,
) -> None:
    """Keep a search with lei, and bring in what it finds: now, and at each mkit pull.

    Without options: what is tracked.
    """
    wish = _Wish(section, paths, lists, query, is_userspace, name, since, places)
    if wish.kinds + bool(remove) > 1:
        raise click.UsageError(
            "one of: --section, --path, --list, --query, --userspace-api, --remove"
        )
    if not wish.kinds and (name or places):
        raise click.UsageError("say what to track, as with --list ADDRESS")
    with open_workspace() as workspace:
        if remove or wish.kinds:
            found = [_forget(workspace, remove) if remove else _track(workspace, wish)]
        else:
            found = _listed(workspace)
        if as_json:
            click.echo(dumps(tracked_json(found)))
        elif remove:
            click.echo(f"{remove} is tracked no longer; its mail stays")
        else:
            print_lines(tracked_lines(found, workspace.stores.clock() // 1_000_000))


def _listed(workspace: Workspace) -> list[Tracked]:
    from maintainer_kit.wiring.tracking import tracked_searches

    return tracked_searches(workspace)


def _track(workspace: Workspace, wish: _Wish) -> Tracked:
    from maintainer_kit.workflow.tracking import track

    wanted = _wanted(workspace, wish)
    with _tracking(workspace) as tracking:
        return track(tracking, wanted)


def _forget(workspace: Workspace, name: str) -> Tracked:
    from maintainer_kit.workflow.tracking import forget

    with _tracking(workspace) as tracking:
        return forget(tracking, name)


@contextmanager
def _tracking(workspace: Workspace) -> Iterator[Tracking]:
    from maintainer_kit.wiring.pulling import open_pull
    from maintainer_kit.wiring.tracking import open_tracking

    with (
        Bar("lei", "mails") as shown,
        Bar("import", "mails") as bar,
        open_pull(workspace, lambda _: None, bar) as pull,
        open_tracking(workspace, pull, shown) as tracking,
    ):
        yield tracking


def _wanted(workspace: Workspace, wish: _Wish) -> Tracked:
    from maintainer_kit.wiring.tracking import named_places
    from maintainer_kit.workflow.track_terms import joined, received_since
    from maintainer_kit.workflow.tracking import Tracked

    what, slug, query = _search(workspace, wish)
    name = wish.name or _slug(slug)
    if not _NAME.fullmatch(name):
        raise click.UsageError("--name: small letters, digits, - . and _, at most 60")
    if wish.since != _EVER:
        now = workspace.stores.clock() // 1_000_000
        query = joined(query, received_since(moment_of(wish.since, now, back=True)))
    places = named_places(wish.places, workspace.stores.settings, wish.lists)
    return Tracked(name, what, query, places)


def _search(workspace: Workspace, wish: _Wish) -> tuple[str, str, str]:
    """In words, as the start of a name, and as a query."""
    from maintainer_kit.workflow import track_terms as terms

    if wish.section:
        from maintainer_kit.wiring.tracking import named_section

        title, found = named_section(workspace.stores.settings, wish.section)
        return f"section {title}", title, terms.any_of(found)
    if wish.is_userspace:
        return "the userspace API", "userspace-api", terms.any_of(terms.userspace_terms())
    if wish.query:
        return f"query {wish.query}", wish.query, " ".join(wish.query.split())
    kind, words = ("path", wish.paths) if wish.paths else ("list", wish.lists)
    of = terms.path_terms if wish.paths else terms.list_terms
    found = tuple(term for word in words for term in _insist(of(word), kind, word))
    return f"{kind} {' '.join(words)}", "-".join(words), terms.any_of(found)


def _insist(found: tuple[str, ...], kind: str, word: str) -> tuple[str, ...]:
    if found:
        return found
    shown = visible_line(word)[:80]
    if kind == "list":
        raise Refused(f"--list: {shown!r} is no address of a list", "--list NAME@HOST")
    raise Refused(
        f"--path: {shown!r} names nothing that can be searched for",
        "a path with a directory before its first wildcard",
    )


def _slug(text: str) -> str:
    return _UNFIT.sub("-", text.lower()).strip("-._")[:40].rstrip("-._")
