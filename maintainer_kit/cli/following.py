# SPDX-License-Identifier: GPL-2.0-or-later
"""``sync``, apart from ``import``: it runs from cron and hooks, and needs few imports."""

from __future__ import annotations

import click

from maintainer_kit.cli.common import Bar, examples, json_option
from maintainer_kit.config import ATTEST_INTAKE, FOLLOW_RECORD, MAIL_ON
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.sync import SyncReport, sync


@click.command("sync", epilog=examples("mkit sync", "mkit sync --json   # from cron or a hook"))
@json_option
def sync_command(as_json: bool) -> None:
    """Catch up with the mail that came in, whoever delivered it, and with other clients' tags."""
    with open_workspace() as workspace:
        settings = workspace.stores.settings
        before = workspace.stores.catalogue.position()
        with Bar("sync", "mails") as bar:
            report = sync(workspace.stores, bar)
        if settings.follow == FOLLOW_RECORD:
            from maintainer_kit.workflow.follow import follow_arrivals

            follow_arrivals(workspace.stores, before)
        if settings.mail_commands == MAIL_ON:
            # Not by verbs that read: name servers may be slow.
            from maintainer_kit.wiring.mail_orders import obey_mail

            obey_mail(workspace)
        if settings.attest == ATTEST_INTAKE:
            from maintainer_kit.wiring.attesting import attest_new

            attest_new(workspace)
    if as_json:
        from maintainer_kit.render.json_topics import dumps, envelope

        click.echo(dumps(envelope(**report.fields)))
    elif words := _words(report):
        click.echo(words)


def _words(report: SyncReport) -> str:
    """One line; empty when nothing happened, as cron likes it."""
    if report.skipped:
        return "another mkit is at it; what it does will be there"
    if report == SyncReport():
        return ""
    tail = "; all made anew" if report.rebuilt else "; turns judged anew" if report.judged else ""
    return (
        f"{report.new} new, {report.changed} changed, {report.vanished} vanished,"
        f" {report.decisions} decided by other clients{tail}"
    )
