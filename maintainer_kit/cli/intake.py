# SPDX-License-Identifier: GPL-2.0-or-later
"""``import``."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maintainer_kit.cli.common import Bar, examples, json_option
from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.render.imported import broken_lines, imported_json
from maintainer_kit.render.json_topics import dumps, envelope
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.importing import ImportReport, import_mail

if TYPE_CHECKING:  # only where there are archives
    from maintainer_kit.wiring.workspace import Workspace
    from maintainer_kit.workflow.inbox import InboxReport


@dataclass(slots=True)
class _Found:
    """What all places together gave."""

    mails: ImportReport = field(default_factory=ImportReport)
    archives: list[InboxReport] = field(default_factory=list)
    series: int = 0
    topics: int = 0
    seconds: float = 0.0


@click.command(
    "import",
    epilog=examples("mkit import list.mbox.xz ~/Maildir", "mkit import ~/mirror/linux-erofs"),
)
@json_option
@click.option("--followed", is_flag=True, help="Also what is new in the archives of mkit.inbox.")
@click.option("--again", is_flag=True, help="Read archives from their beginning.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
def import_command(paths: tuple[Path, ...], followed: bool, again: bool, as_json: bool) -> None:
    """Bring mail in: mbox files of any dialect (also .gz and .xz), Maildir trees, single mails,
    directories of these, and clones of public-inbox archives (of a clone only what is new since the
    last time). Mail that is there already is passed over; run it again at any time."""
    if not paths and not followed:
        raise click.UsageError("name a PATH, or --followed")
    start = time.monotonic()
    with open_workspace() as workspace:
        found = _Found()
        _import(workspace, paths, followed, again, found)
        found.series, found.topics = workspace.catalogue.totals()
    found.seconds = round(time.monotonic() - start, 3)
    if as_json:
        click.echo(dumps(_report_json(found)))
        return
    _print_report(found)


def _import(
    workspace: Workspace, paths: Sequence[Path], followed: bool, again: bool, found: _Found
) -> None:
    from maintainer_kit.adapters.inbox.places import find_inboxes
    from maintainer_kit.adapters.mail.source import MailSource

    inboxes = find_inboxes(paths)
    apart = [folder for one in inboxes for folder in (one.path, *one.folders)]
    source = MailSource(paths, apart)
    if not source.is_empty:
        with Bar("import", "mails", lambda: source.done / max(1, source.total)) as bar:
            found.mails.add(import_mail(workspace.stores, source, bar))
    if not inboxes and not followed:
        return
    from maintainer_kit.wiring.inboxes import follow_inboxes, settings_inboxes

    known = {one.path for one in inboxes}
    if followed:
        more = settings_inboxes(workspace.stores.settings)
        inboxes += [one for one in more if one.path not in known]
    for report in follow_inboxes(workspace, inboxes, _bar_of, again=again):
        found.mails.add(report.imported)
        found.archives.append(report)


def _bar_of(name: str) -> Bar:
    return Bar(f"import {visible_line(Path(name).name)}", "mails")


def _report_json(found: _Found) -> dict[str, object]:
    return envelope(
        **imported_json(found.mails),
        archives=[_archive_json(one) for one in found.archives],
        series=found.series,
        topics=found.topics,
        seconds=found.seconds,
    )


def _archive_json(report: InboxReport) -> dict[str, object]:
    return {
        "path": report.name,
        "epochs": report.epochs,
        "messages": report.imported.messages,
        "new": report.imported.new,
        "deleted": report.deleted,
        "kept": report.kept,
        "rewritten": list(report.rewritten),
    }


def _print_report(found: _Found) -> None:
    mails = found.mails
    click.echo(
        f"{count_of(mails.messages, 'message')}: {mails.new} new, "
        f"{count_of(mails.duplicates, 'duplicate')}"
        f" ({count_of(mails.variants, 'variant')} kept), {len(mails.broken)} broken;"
        f" {count_of(found.topics, 'topic')} of {found.series} series in all; {found.seconds:.1f} s"
    )
    for archive in found.archives:
        _print_archive(archive)
    for line in broken_lines(mails):
        click.echo(line, err=True)


def _print_archive(report: InboxReport) -> None:
    """What is not plain about an archive."""
    if report.deleted or report.kept:
        click.echo(
            f"{visible_line(report.name)}: deleted there: {report.deleted} not imported, "
            f"{report.kept} imported before, and kept"
        )
    for epoch in report.rewritten:
        click.echo(
            f"{visible_line(epoch)}: its history was rewritten, so all of it was read again",
            err=True,
        )
