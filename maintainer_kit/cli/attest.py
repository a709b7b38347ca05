# SPDX-License-Identifier: GPL-2.0-or-later
"""``attest``."""

from __future__ import annotations

import click

from maintainer_kit.cli.common import (
    catch_up,
    examples,
    json_option,
    named_targets,
    no_sync_option,
    print_lines,
    query_option,
)
from maintainer_kit.errors import NotFound
from maintainer_kit.model.message.message import Kind
from maintainer_kit.render.attested import attest_json, attest_text
from maintainer_kit.render.json_topics import dumps
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.attest import attest_patches
from maintainer_kit.workflow.attested import Word


@click.command("attest", epilog=examples("mkit attest k3v9", "mkit attest --offline --json k3v9"))
@click.option("--offline", is_flag=True, help="Ask no name server; tell what is known without.")
@click.option("--again", is_flag=True, help="Verify anew what is known already.")
@query_option
@json_option
@no_sync_option
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@click.pass_context
def attest_command(
    context: click.Context,
    targets: tuple[str, ...],
    offline: bool,
    again: bool,
    query: str,
    as_json: bool,
    no_sync: bool,
) -> None:
    """Who signed patches, by DKIM and patatt: good, bad, none, or could not verify.

    TARGET is a topic id, a Message-ID, or - for a list on standard input. What was found good or
    bad is kept. Exits with 1 where a signature is bad.
    """
    with open_workspace() as workspace:
        catch_up(workspace, no_sync)
        stores = workspace.stores
        named = named_targets(workspace, targets, query)
        ids = [message_id for one in named for message_id in one.message_ids]
        messages = {one: found.message for one, found in stores.catalogue.records(ids).items()}
        patches = [one for one in ids if one in messages and messages[one].kind is Kind.PATCH]
        if not patches:
            raise NotFound("there is no patch in that", "mkit show tells what there is")
        found = attest_patches(stores, patches, online=not offline, again=again)
    if as_json:
        click.echo(dumps(attest_json(found, messages)))
    else:
        print_lines(attest_text(found, messages))
    context.exit(int(any(one.word is Word.BAD for one in found.values())))
