# SPDX-License-Identifier: GPL-2.0-or-later
"""``serve``: the mail as an archive that b4 and lei read."""

from __future__ import annotations

import sys

import click

from maintainer_kit.cli.common import examples

_PORT = 8027


@click.command(
    "serve",
    epilog=examples("mkit serve --lore", "mkit serve --lore --port 0   # any port that is free"),
)
@click.option("--lore", is_flag=True, help="As an archive like lore.kernel.org, read only.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=_PORT, show_default=True, help="0: a free one."
)
@click.option(
    "--bind",
    "address",
    metavar="ADDR",
    default="127.0.0.1",
    show_default=True,
    help="Another address lets other machines read the mail.",
)
def serve_command(lore: bool, port: int, address: str) -> None:
    """Serve the mail to b4 and lei, which then work offline, until ^C.

    Everything that mkit knows can be read there by every user of this machine, but for what is
    confidential.
    """
    if not lore:
        raise click.UsageError("say what to serve: --lore")
    from maintainer_kit.server.run import is_loopback, serve_archive

    if not is_loopback(address):
        click.echo(f"mkit: whoever reaches {address} can read the mail", err=True)
    serve_archive(address, port, _tell)


def _tell(url: str) -> None:
    click.echo(
        f"{url}/all/ is served; ^C ends it\n"
        f"b4:   git config --global b4.midmask {url}/all/%s\n"
        f"lei:  lei add-external {url}/all/"
    )
    sys.stdout.flush()  # whoever reads this through a pipe waits for it
