# SPDX-License-Identifier: GPL-2.0-or-later
"""``send``: a branch goes to the list, as the next revision of its series."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from maintainer_kit.cli.common import catch_up, examples, json_option
from maintainer_kit.cli.reply_asking import is_asked
from maintainer_kit.wiring.workspace import open_workspace


@click.command(
    "send", epilog=examples("mkit send --dry-run | less", "mkit send topic --to-self --yes")
)
@click.option("--topic", metavar="TOPIC", default="", help="It goes on from this topic.")
@click.option("--new", "is_new", is_flag=True, help="It goes on from nothing: a first posting.")
@click.option(
    "-v", "--reroll-count", "revision", type=click.IntRange(1, 99), metavar="N",
    help="The revision; default: the one after the last.",
)  # fmt: skip
@click.option("--rfc", "is_rfc", is_flag=True, help="Ask for comments: RFC PATCH.")
@click.option("--resend", "is_resend", is_flag=True, help="The last revision once more.")
@click.option(
    "--prefix", metavar="WORDS", default="",
    help="What stands in the subjects; default: format.subjectPrefix.",
)  # fmt: skip
@click.option("--to", "to", metavar="ADDRESS", multiple=True, help="To whom as well (several).")
@click.option("--cc", "cc", metavar="ADDRESS", multiple=True, help="Who gets a copy (several).")
@click.option("--cover/--no-cover", default=True, help="Whether several patches have a letter.")
@click.option("--keep-trailers", is_flag=True, help="Also those given to what has changed much.")
@click.option("--range-diff", "with_range_diff", is_flag=True, help="Put one into the letter.")
@click.option(
    "--in-thread/--new-thread", default=None,
    help="Whether it answers the last revision; default: as the list has it.",
)  # fmt: skip
@click.option(
    "--edit/--no-edit", "edits", default=None,
    help="Write the letter in your editor; on a terminal where none is kept.",
)  # fmt: skip
@click.option("--show", is_flag=True, help="Only show what would go out, and what is against it.")
@click.option("--dry-run", is_flag=True, help="Print the mails; nothing is kept or sent.")
@click.option("--to-self", is_flag=True, help="Send all mails to yourself, and to nobody else.")
@click.option("--yes", is_flag=True, help="Send without asking.")
@click.option("--anyway", metavar="WHY", default="", help="Although something is against it.")
@click.option("--list", "lists", is_flag=True, help="List what is not done.")
@click.option("--drop", is_flag=True, help="Forget the letter, and mails that did not go out.")
@click.option("--went-out", is_flag=True, help="The mail that was being sent did go out.")
@click.option("--not-sent", is_flag=True, help="It did not: it is the next.")
@click.option(
    "--repo", "repository", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="The repository of the branch; default: where you are.",
)  # fmt: skip
@json_option
@click.argument("branch", default="", metavar="[BRANCH|A..B]")
def send_command(
    topic: str,
    is_new: bool,
    revision: int | None,
    is_rfc: bool,
    is_resend: bool,
    prefix: str,
    to: tuple[str, ...],
    cc: tuple[str, ...],
    cover: bool,
    keep_trailers: bool,
    with_range_diff: bool,
    in_thread: bool | None,
    edits: bool | None,
    show: bool,
    dry_run: bool,
    to_self: bool,
    yes: bool,
    anyway: str,
    lists: bool,
    drop: bool,
    went_out: bool,
    not_sent: bool,
    repository: Path | None,
    as_json: bool,
    branch: str,
) -> int:
    """Post a branch: the first time, or as the next revision of what it was posted as.

    The earlier posting is found in the index; who reviewed it gets a copy, and trailers that still
    hold go into the mails. The letter is kept until it is sent (b4 prep's is used where there is
    one). Mail goes out by git send-email, once; after a crash the same command goes on.
    """
    from maintainer_kit.cli.send_going_on import drop_posting, go_on, print_left, settle_posting
    from maintainer_kit.cli.send_making import Way, send_branch
    from maintainer_kit.wiring.posting import is_left, open_posting, posting_records
    from maintainer_kit.workflow.one_sender import PATIENCE, other_sends
    from maintainer_kit.workflow.posting.sending import recover
    from maintainer_kit.workflow.posting.wish import PostWish

    if is_new and (topic or is_resend):
        raise click.UsageError("--new goes on from nothing")
    wish = PostWish(
        topic, is_new, revision or 0, is_rfc, is_resend, prefix, to, cc, cover, keep_trailers,
        with_range_diff, in_thread,
    )  # fmt: skip
    way = Way(edits, show, dry_run, to_self, yes, anyway, as_json)
    is_looking = show or dry_run or to_self
    with open_workspace() as workspace:
        catch_up(workspace, no_sync=False)
        records = posting_records(workspace)
        wait = 0.0 if lists or is_looking else PATIENCE
        is_alone = recover(workspace.stores, records, partial(is_left, workspace), wait)
        if lists:
            return print_left(records, as_json)
        if drop:
            return drop_posting(records, branch, as_json)
        if went_out or not_sent:
            return settle_posting(workspace, records, branch, went_out, as_json)
        with open_posting(workspace, branch, repository, is_asking=is_asked()) as desk:
            if desk.record.is_under_way and not is_looking:
                if not is_alone:
                    raise other_sends()
                return go_on(desk, way)
            return send_branch(workspace, desk, wish, way)
