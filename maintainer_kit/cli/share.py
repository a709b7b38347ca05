# SPDX-License-Identifier: GPL-2.0-or-later
"""``share``: one person, several machines."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maintainer_kit.adapters.filelock import file_lock
from maintainer_kit.adapters.settings import absolute_path
from maintainer_kit.adapters.share.exchange import GitExchange
from maintainer_kit.adapters.share.machine import MachineFile
from maintainer_kit.adapters.share.place import SharePlace
from maintainer_kit.adapters.share.remote import shown
from maintainer_kit.cli.common import examples, json_option, print_lines
from maintainer_kit.errors import Busy, Refused
from maintainer_kit.render.json_topics import dumps
from maintainer_kit.render.share_text import share_json, share_text
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.sharing.allowed import allowed_by
from maintainer_kit.workflow.sharing.labels import label_messages
from maintainer_kit.workflow.sharing.share import share

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.wiring.workspace import Workspace

_WAIT = 60.0


@click.command(
    "share",
    epilog=examples("mkit share robin@server.example:decisions.git", "mkit share --json"),
)
@click.option("--remote", "sure", metavar="URL", default="", help="The same as REMOTE, unasked.")
@json_option
@click.argument("remote", required=False, default="")
def share_command(remote: str, sure: str, as_json: bool) -> None:
    """Share decisions with one's other machines, over a git repository that all of them reach.

    REMOTE, its URL or path, is remembered. Each machine writes a ref of its own, never by force;
    all decisions of all machines hold together, the later one where two disagree. Confidential
    topics are left out.
    """
    if remote and sure:
        raise click.UsageError("name REMOTE once")
    with open_workspace() as workspace, _alone(workspace):
        place = _place(workspace)
        place.prepare()
        url = _remote(place, remote or sure, asks=not sure)
        with closing(_exchange(workspace, place, url)) as exchange:
            allowed = allowed_by(workspace.stores.catalogue)
            report = share(workspace.stores, workspace.journal, exchange, allowed)
        if report.failure and as_json:
            raise report.failure
        if as_json:
            click.echo(dumps(share_json(report, shown(url))))
        else:
            ids = {one.message_id for one in report.conflicts}
            labels = label_messages(workspace.stores.catalogue, ids)
            now = workspace.stores.clock() // 1_000_000
            print_lines(share_text(report, shown(url), labels, now))
    if report.failure:
        raise report.failure


@contextmanager
def _alone(workspace: Workspace) -> Iterator[None]:
    """One at a time in a home."""
    with file_lock(workspace.home.root / "share.lock", _WAIT) as mine:
        if not mine:
            raise Busy("another mkit share is at it", "run it again when that one is done")
        yield


def _place(workspace: Workspace) -> SharePlace:
    users = workspace.stores.settings.share
    path = Path(absolute_path(users)) if users else None
    return SharePlace(workspace.home.root / "share.git", path)


def _remote(place: SharePlace, word: str, *, asks: bool) -> str:
    """The remote to share through, remembered when it is named for the first time."""
    known = place.remote()
    if not word:
        if known:
            return known
        words = "nobody has said through which repository"
        raise Refused(words, "mkit share URL, of a bare git repository that all machines reach")
    named = place.resolve(word)
    if named != known:
        if asks:
            _confirm(place, named, known)
        place.remember(named)
    return named


def _confirm(place: SharePlace, named: str, known: str) -> None:
    """Decisions that went to the wrong place cannot be taken back."""
    if sys.stdin.isatty() and sys.stderr.isatty():
        click.confirm(f"share through {shown(named)} from now on?", abort=True, err=True)
    elif known and place.has_met():
        raise Refused(
            f"decisions are shared through {shown(known)}", f"mkit share --remote {shown(named)}"
        )


def _exchange(workspace: Workspace, place: SharePlace, url: str) -> GitExchange:
    settings = workspace.stores.settings
    by = (settings.name[0] if settings.name else "", workspace.stores.who)
    name = MachineFile(workspace.home.root / "machine")
    return GitExchange(place, url, name, by, workspace.stores.clock)
