# SPDX-License-Identifier: GPL-2.0-or-later
"""``import``."""

from __future__ import annotations

import time
from pathlib import Path

import click

from maintainer_kit.cli.common import Bar, examples, json_option
from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.render.json_topics import dumps, envelope
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.importing import ImportReport, import_mail


@click.command("import", epilog=examples("mkit import list.mbox.xz", "mkit import ~/Maildir"))
@json_option
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def import_command(paths: tuple[Path, ...], as_json: bool) -> None:
    """Bring mail in: mbox files of any dialect (also .gz and .xz), Maildir trees, single mails,
    directories of these. Mail that is there already is passed over; run it again at any time."""
    from maintainer_kit.adapters.mailsource import MailSource

    start = time.monotonic()
    source = MailSource(paths)
    with open_workspace() as workspace:
        with Bar("import", "mails", lambda: source.done / max(1, source.total)) as bar:
            report = import_mail(workspace.stores, source, bar)
        series, topics = workspace.catalogue.totals()
    seconds = round(time.monotonic() - start, 3)
    if as_json:
        click.echo(dumps(_report_json(report, series, topics, seconds)))
        return
    _print_report(report, series, topics, seconds)


def _report_json(
    report: ImportReport, series: int, topics: int, seconds: float
) -> dict[str, object]:
    return envelope(
        messages=report.messages,
        new=report.new,
        duplicates=report.duplicates,
        variants=report.variants,
        broken=[
            {"path": one.path, "offset": one.offset, "reason": one.reason} for one in report.broken
        ],
        series=series,
        topics=topics,
        seconds=seconds,
    )


def _print_report(report: ImportReport, series: int, topics: int, seconds: float) -> None:
    click.echo(
        f"{count_of(report.messages, 'message')}: {report.new} new, "
        f"{count_of(report.duplicates, 'duplicate')}"
        f" ({count_of(report.variants, 'variant')} kept), {len(report.broken)} broken;"
        f" {count_of(topics, 'topic')} of {series} series in all; {seconds:.1f} s"
    )
    for one in report.broken:
        click.echo(f"broken: {visible_line(one.path)} at byte {one.offset}: {one.reason}", err=True)
