# SPDX-License-Identifier: GPL-2.0-or-later
"""``deliver``, as the help knows it; mail comes in by ``deliver_start``."""

from __future__ import annotations

import click

from maintainer_kit.cli.common import examples
from maintainer_kit.cli.deliver_start import OPTIONS, start_deliver

_raw = {"ignore_unknown_options": True, "allow_extra_args": True}


@click.command(
    "deliver",
    context_settings=_raw,
    epilog=examples("mkit deliver <one.eml", "mkit deliver --limit 200 <large.eml"),
)
@click.option("--limit", metavar="MIB", is_flag=False, flag_value="", help=OPTIONS["--limit"])
@click.option("--giver", metavar="PID", is_flag=False, flag_value="", help=OPTIONS["--giver"])
@click.pass_context
def deliver_command(context: click.Context, /, **options: str | None) -> int:
    """Take one mail on standard input, from procmail, maildrop, a sieve pipe or an alias.

    Exit 0 once it is on disk, else 75, which lets the mail server try again. The next mkit sync, or
    notmuch new, indexes it. What is no mail is kept apart: mkit doctor tells of it. Recipes for
    this machine: mkit hooks mail PROGRAM.
    """
    given = [f"--{name}={value}" for name, value in options.items() if value is not None]
    return start_deliver([*given, *context.args])
