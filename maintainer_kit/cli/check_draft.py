# SPDX-License-Identifier: GPL-2.0-or-later
"""``check --draft-reply``: a mail to the author, written to a file and never sent."""

from __future__ import annotations

import sys

import click

from maintainer_kit.checks.report import Checked, Report
from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.render.review_reply import review_reply
from maintainer_kit.wiring.writer import find_writer


def write_draft(report: Report, file: str) -> None:
    """Write the reply to FILE, which must not be there yet, or ``-`` for standard output."""
    writer, lists = find_writer()
    mail = review_reply(_lone_series(report), writer, lists)
    if mail is None:
        click.echo("mkit: there is nothing that the author should hear of: no draft", err=True)
    elif file == "-":
        sys.stdout.buffer.write(mail)
    else:
        _write(file, mail)
        shown = visible_line(file)
        click.echo(f"mkit: read {shown}, then send it: git send-email {shown}", err=True)


def _lone_series(report: Report) -> Checked:
    posted = [one for one in report.checked if one.series.is_mail]
    if len(posted) != 1:
        many = f"{len(posted)} were checked" if posted else "none was checked"
        raise Refused(f"a reply is to one series: {many}", "mkit check TOPIC --draft-reply FILE")
    return posted[0]


def _write(file: str, mail: bytes) -> None:
    try:
        with open(file, "xb") as stream:
            stream.write(mail)
    except OSError as error:
        raise Refused(
            f"cannot write {file}: {error.strerror}", "name another file, or -"
        ) from error
