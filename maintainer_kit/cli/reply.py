# SPDX-License-Identifier: GPL-2.0-or-later
"""``reply``: answer mails, comment on lines, give trailers; kept as drafts until they are sent."""

from __future__ import annotations

from pathlib import Path

import click

from maintainer_kit.cli.common import catch_up, examples, json_option
from maintainer_kit.cli.reply_asking import is_asked
from maintainer_kit.wiring.workspace import open_workspace


@click.command(
    "reply",
    epilog=examples(
        "mkit reply k3v9 --tag Reviewed-by --yes",
        "mkit reply k3v9 --comment fs/pebble/inode.c:120='Why not < 0?' --keep",
    ),
)
@click.option("--all/--author", "to_all", default=True, help="To all, or to the author alone.")
@click.option("-m", "--message", "text", metavar="TEXT", default="", help="What you say.")
@click.option(
    "--tag", "tags", metavar="NAME", multiple=True,
    help="Give Reviewed-by, Acked-by, Tested-by or Nacked-by (several); how it begins will do.",
)  # fmt: skip
@click.option("--each", is_flag=True, help="Answer each patch instead of the cover letter.")
@click.option(
    "--comment", "comments", metavar="FILE:LINE=TEXT", multiple=True,
    help="Comment on a line of the new file, or with a - before LINE of the old one (several).",
)  # fmt: skip
@click.option("--template", metavar="NAME", default="", help="Begin with a text of yours.")
@click.option("--findings", is_flag=True, help="Begin with what mkit check would say.")
@click.option(
    "--edit/--no-edit", "edits", default=None,
    help="Write it in your editor; on a terminal where none of the above says anything.",
)  # fmt: skip
@click.option(
    "--edit-code", "edits_code", is_flag=True,
    help="Change the code in your editor; that becomes a suggested diff in the replies.",
)  # fmt: skip
@click.option("--patch", "number", type=click.IntRange(1), metavar="N", help="Of one patch alone.")
@click.option("--shell", is_flag=True, help="A shell there instead of the editor.")
@click.option(
    "--repo", "repository", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="The repository of the code; default: where you are, mkit.listTree, mkit.repository.",
)  # fmt: skip
@click.option("--onto", metavar="REV", default="", help="The commit that the series belongs on.")
@click.option("--keep", is_flag=True, help="Keep it as a draft, and send nothing.")
@click.option("--dry-run", is_flag=True, help="Print the mails; nothing is kept or sent.")
@click.option("--yes", is_flag=True, help="Send without asking.")
@click.option("--public", is_flag=True, help="Also where a confidential topic would become known.")
@click.option(
    "--mbox", type=click.Path(dir_okay=False, path_type=Path),
    help="Put the mails into this mbox instead of sending them.",
)  # fmt: skip
@click.option("--drafts", "lists", is_flag=True, help="List what is kept.")
@click.option("--send", "sends", is_flag=True, help="Send drafts: TARGETs are their ids, or all.")
@click.option("--drop", metavar="ID", default="", help="Throw a draft away.")
@click.option("--went-out", metavar="ID", default="", help="A mail that was being sent did go out.")
@click.option("--not-sent", metavar="ID", default="", help="It did not, and is a draft again.")
@json_option
@click.argument("targets", nargs=-1)
def reply_command(
    targets: tuple[str, ...],
    to_all: bool,
    text: str,
    tags: tuple[str, ...],
    each: bool,
    comments: tuple[str, ...],
    template: str,
    findings: bool,
    edits: bool | None,
    edits_code: bool,
    number: int | None,
    shell: bool,
    repository: Path | None,
    onto: str,
    keep: bool,
    dry_run: bool,
    yes: bool,
    public: bool,
    mbox: Path | None,
    lists: bool,
    sends: bool,
    drop: str,
    went_out: str,
    not_sent: str,
    as_json: bool,
) -> int:
    """Answer mails: to all, quoted, shown before they are sent, and sent once.

    TARGET is a topic id (its cover letter, or first patch), a Message-ID, an archive's URL of a
    mail, or the id of a draft. Comments on lines make one reply a patch. Mail goes out by git
    send-email, as it is configured; mkit.replyTo leaves it in a folder or an mbox instead.
    """
    from maintainer_kit.cli.reply_code import CodeWish, edited_drafts
    from maintainer_kit.cli.reply_keeping import drop_draft, print_drafts, settle_draft
    from maintainer_kit.cli.reply_making import Words, make_drafts
    from maintainer_kit.cli.reply_sending import SendWish, deliver, draft_targets, warn_uncertain
    from maintainer_kit.wiring.replying import open_desk

    wish = SendWish(yes, public, dry_run, keep, as_json)
    code = CodeWish(edits_code, number, shell, repository, onto)
    code.check(targets, is_dry=dry_run)
    words = Words(to_all, text, tags, each, comments, template, findings, edits)
    with open_workspace() as workspace:
        catch_up(workspace, no_sync=False)
        desk = open_desk(workspace, is_asking=is_asked(), mbox=mbox)
        if lists:
            return print_drafts(desk, as_json)
        if drop:
            return drop_draft(desk, drop, as_json)
        if went_out or not_sent:
            return settle_draft(desk, went_out or not_sent, bool(went_out), as_json)
        if sends:
            return deliver(desk, draft_targets(desk, targets), wish)
        if not targets:
            raise click.UsageError("name a TARGET: a topic id, a Message-ID, or --drafts, --send")
        warn_uncertain(desk)
        if edits_code:
            drafts = edited_drafts(workspace, desk, targets[0], code)
            return deliver(desk, drafts, wish) if drafts else 0
        made = make_drafts(workspace, desk, targets, words, is_dry=dry_run)
        return deliver(made.desk, made.drafts, wish)
