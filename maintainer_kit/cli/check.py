# SPDX-License-Identifier: GPL-2.0-or-later
"""``check``."""

from __future__ import annotations

from pathlib import Path

import click

from maintainer_kit.cli.check_output import FORMATS, print_report
from maintainer_kit.cli.check_targets import Drafts, read_targets, with_base
from maintainer_kit.cli.common import examples
from maintainer_kit.wiring.checkroom import CheckWish, open_checkroom
from maintainer_kit.workflow.verdict import NEVER, STYLES, exit_code

_FAIL_ON = ("error", "warning", "info", NEVER)


@click.command(
    "check",
    epilog=examples("mkit check origin/master..", "mkit check --explain fixes-format"),
)
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@click.option("--staged", is_flag=True, help="What git commit would take.")
@click.option(
    "--commit-msg", "message", type=click.Path(path_type=Path), metavar="FILE",
    help="A commit message in the making.",
)  # fmt: skip
@click.option(
    "--repo", "repository", type=click.Path(path_type=Path), metavar="DIR",
    help="The repository; default: where you are, or the tree of the list.",
)  # fmt: skip
@click.option("--base", default="", metavar="COMMIT", help="What the patches go on top of.")
@click.option(
    "--profile", default="", metavar="NAME", help="Whose conventions; default: found out."
)
@click.option("--only", multiple=True, metavar="RULE", help="Ask this rule only (several).")
@click.option("--skip", multiple=True, metavar="RULE", help="Do not ask this rule (several).")
@click.option(
    "--tools/--no-tools", default=None,
    help="Run other checkers too, those of the repository included; or none.",
)  # fmt: skip
@click.option("--no-index", is_flag=True, help="Ask nothing of the index.")
@click.option("--fail-on", type=click.Choice(_FAIL_ON), default="error", show_default=True)
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--brief", is_flag=True, help="One line a finding.")
@click.option("--exit-style", type=click.Choice(STYLES), default=STYLES[0], show_default=True)
@click.option(
    "--draft-reply", "draft", metavar="FILE", default="",
    help="Write a mail to the author into FILE, or - ; it is not sent.",
)  # fmt: skip
@click.option(
    "--calibrate", type=click.IntRange(min=1), metavar="N",
    help="Make a profile by what the last N commits here, all accepted, say of the rules.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Where --calibrate writes it."
)
@click.option(
    "--fix", "is_fixing", is_flag=True,
    help="Mend what is mechanical in files, or in messages of your own commits; shows it first.",
)  # fmt: skip
@click.option("--yes", "is_agreed", is_flag=True, help="Let --fix write without asking.")
@click.option("--explain", metavar="RULE", default="", help="All about a rule; or: all.")
@click.pass_context
def check_command(
    context: click.Context,
    targets: tuple[str, ...],
    staged: bool,
    message: Path | None,
    repository: Path | None,
    base: str,
    profile: str,
    only: tuple[str, ...],
    skip: tuple[str, ...],
    tools: bool | None,
    no_index: bool,
    fail_on: str,
    form: str,
    as_json: bool,
    brief: bool,
    exit_style: str,
    draft: str,
    calibrate: int | None,
    out: Path | None,
    is_fixing: bool,
    is_agreed: bool,
    explain: str,
) -> None:
    """What a reviewer would say, before a reviewer has to.

    TARGET is a topic id, a Message-ID, a range of commits (A..B), or a file: a patch, an mbox,
    quilt's series; - reads standard input.
    """
    wish = CheckWish(repository, base, profile, only, skip, tools)
    if explain:
        from maintainer_kit.cli.check_explain import print_explained

        print_explained(explain, wish)
        return
    if calibrate:
        from maintainer_kit.cli.check_calibrate import calibrate as make_profile

        make_profile(wish, calibrate, out)
        return
    if out is not None:
        raise click.UsageError("--out goes with --calibrate")
    drafts = Drafts(staged, message)
    if not targets and not drafts:
        raise click.UsageError("name a TARGET: A..B, a file, a topic, -; or --staged")
    if is_fixing:
        if drafts or draft or as_json or form != "text":
            raise click.UsageError("--fix takes files and A..B, and shows a diff")
        from maintainer_kit.cli.check_fix import run_fix

        with open_checkroom(wish) as room:
            context.exit(run_fix(room, targets, is_agreed=is_agreed))
    with open_checkroom(with_base(wish, targets)) as room:
        report = read_targets(room, targets, drafts, use_index=not no_index)
    if draft:
        from maintainer_kit.cli.check_draft import write_draft

        write_draft(report, draft)
    if draft != "-":
        print_report(report, "json" if as_json else form, is_brief=brief)
    context.exit(exit_code(report, fail_on, exit_style))
