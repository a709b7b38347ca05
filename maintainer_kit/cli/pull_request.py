# SPDX-License-Identifier: GPL-2.0-or-later
"""``pull-request``: ask others to pull, and look at what others ask to be pulled."""

from __future__ import annotations

from pathlib import Path

import click

from maintainer_kit.cli.common import catch_up, examples, json_option
from maintainer_kit.wiring.workspace import open_workspace


@click.command(
    "pull-request",
    epilog=examples(
        "mkit pull-request pebble-for-6.9 --base origin/master",
        "mkit pull-request --receive k3v9 --fetch --into master --thanks",
    ),
)
@click.option("--base", default="", metavar="REV", help="The branch of those who are to pull.")
@click.option("--to", "to", multiple=True, metavar="WHO", help="Whom to ask (several).")
@click.option("--cc", "cc", multiple=True, metavar="WHO", help="Who gets a copy (several).")
@click.option("--url", default="", metavar="URL", help="Where to pull from; or a remote's name.")
@click.option("-m", "--message", "text", metavar="TEXT", default="", help="Words of yours above.")
@click.option("--edit", "edits", is_flag=True, help="Write in your editor what is sent.")
@click.option(
    "--anyway", metavar="WHY", default="", help="Although something failed; the reason is kept."
)
@click.option("--again", is_flag=True, help="Ask once more for what was asked for.")
@click.option(
    "--for-next", "for_next", is_flag=True, help="Send the commits of the branch as patches."
)
@click.option(
    "--receive", is_flag=True, help="TARGET is a mail that asks you to pull: look it over."
)
@click.option(
    "--into", default="", metavar="BRANCH", help="With --receive: merge it into this branch."
)
@click.option("--fetch", is_flag=True, help="With --receive: fetch what is asked to be pulled.")
@click.option("--thanks", is_flag=True, help="With --receive: answer that it was pulled.")
@click.option(
    "--repo", "repository", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="The repository; default: where you are.",
)  # fmt: skip
@click.option("--keep", is_flag=True, help="Keep the mail as a draft, and send nothing.")
@click.option("--dry-run", is_flag=True, help="Show all; nothing is kept, sent or merged.")
@click.option("--yes", is_flag=True, help="Send without asking.")
@json_option
@click.argument("target", metavar="TAG|BRANCH|TARGET")
def pull_request_command(
    target: str,
    base: str,
    to: tuple[str, ...],
    cc: tuple[str, ...],
    url: str,
    text: str,
    edits: bool,
    anyway: str,
    again: bool,
    for_next: bool,
    receive: bool,
    into: str,
    fetch: bool,
    thanks: bool,
    repository: Path | None,
    keep: bool,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> int:
    """Ask others to pull a tag or branch; or look over what others ask to be pulled.

    What is sent has the form of git request-pull. Tests, sign-offs, Link: and Fixes: lines are
    looked over first, and the merge is tried; what fails needs a reason. It is shown, sent by git
    send-email, and sent once. Nobody's checkout is touched, and nothing is fetched unasked.
    """
    from maintainer_kit.cli.reply_sending import SendWish

    wish = SendWish(yes, False, dry_run, keep, as_json)
    if (fetch or thanks or into) and not receive:
        raise click.UsageError("--fetch, --into and --thanks go with --receive")
    if receive and (to or for_next or again):
        raise click.UsageError("--to, --for-next and --again do not go with --receive")
    with open_workspace() as workspace:
        catch_up(workspace, no_sync=False)
        if receive:
            from maintainer_kit.cli.pull_request_receiving import Pulling, receive_request

            pulling = Pulling(into, url, fetch, thanks, anyway, text)
            return receive_request(workspace, repository, target, pulling, wish)
        from maintainer_kit.cli.pull_request_sending import Asking, ask_to_pull

        asking = Asking(base, to, cc, url, text, edits, anyway, again)
        if for_next:
            from maintainer_kit.cli.pull_request_for_next import post_for_next

            return post_for_next(workspace, repository, target, asking, wish)
        return ask_to_pull(workspace, repository, target, asking, wish)
