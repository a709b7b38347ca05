# SPDX-License-Identifier: GPL-2.0-or-later
"""``compare``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from maintainer_kit.cli.common import (
    catch_up,
    examples,
    json_option,
    no_sync_option,
    print_lines,
    terminal_width,
)
from maintainer_kit.errors import NotFound
from maintainer_kit.render.compare_json import compare_json
from maintainer_kit.render.compare_remarks import compared_remarks_text
from maintainer_kit.render.compare_text import (
    each_interdiff_text,
    interdiff_text,
    range_diff_text,
    summary_text,
    told_pairs,
)
from maintainer_kit.render.json_topics import dumps
from maintainer_kit.wiring.comparing import open_comparing
from maintainer_kit.wiring.workspace import open_workspace
from maintainer_kit.workflow.comparing.comparison import Comparison, compare
from maintainer_kit.workflow.comparing.named import read_sides
from maintainer_kit.workflow.comparing.pairing import Pair
from maintainer_kit.workflow.comparing.remarks import ComparedRemark, compared_remarks

RANGE_DIFF, INTERDIFF, EACH, SUMMARY, COMMENTS = "range-diff", "interdiff", "each", "sum", "said"


@click.command(
    "compare",
    epilog=examples("mkit compare TOPIC@v2 TOPIC@v4 --interdiff", "mkit compare TOPIC landed"),
)
@click.option(
    "--range-diff",
    "way",
    flag_value=RANGE_DIFF,
    default=RANGE_DIFF,
    help="Commit by commit, messages too, as git range-diff tells it (as it is unless said).",
)
@click.option(
    "--interdiff", "way", flag_value=INTERDIFF, help="What the code differs after all patches."
)
@click.option("--each", "way", flag_value=EACH, help="The same, patch by patch.")
@click.option("--summary", "way", flag_value=SUMMARY, help="Only what became of each patch.")
@click.option(
    "--comments",
    "way",
    flag_value=COMMENTS,
    help="Comments on the old revision: is the line changed, was there an answer?",
)
@click.option("--revisions", metavar="2..3", default="", help="Of one TOPIC: these two.")
@click.option("--patch", "numbers", type=int, multiple=True, metavar="N", help="Only new patch N.")
@click.option(
    "--repo",
    "repository",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The repository of ranges, branches and files; default: where you are, mkit.repository.",
)
@json_option
@no_sync_option
@click.argument("what", nargs=-1, required=True, metavar="A [B]")
def compare_command(
    what: tuple[str, ...],
    way: str,
    revisions: str,
    numbers: tuple[int, ...],
    repository: Path | None,
    as_json: bool,
    no_sync: bool,
) -> None:
    """Tell two revisions apart, or mail and commits: by range-diff and by interdiff.

    A and B are topics (their newest complete view), TOPIC@v2, Message-IDs, ranges or branches of a
    repository; B may be "landed": the commits that A became. A topic alone: its newest revision
    against the one before. No work tree is needed, and nothing is written to a repository.
    """
    if len(what) > 2:
        raise click.UsageError("two can be compared: A B")
    with (
        open_workspace() as workspace,
        open_comparing(workspace.stores.settings, repository) as commits,
    ):
        catch_up(workspace, no_sync)
        sides = read_sides(workspace.stores, commits, what, revisions)
        found = compare(sides, commits)
        pairs = _pairs(found, numbers, sides.only)
        wants_remarks = as_json or way == COMMENTS
        remarks = compared_remarks(workspace.stores, found, sides.topic) if wants_remarks else []
        if as_json:
            click.echo(dumps(compare_json(found, pairs, remarks)))
        else:
            print_lines(_text(found, pairs, remarks, way))


def _pairs(found: Comparison, numbers: Sequence[int], only: str) -> Sequence[Pair]:
    """Those that were asked about."""
    if only:
        ids = [one.message_id if one else None for one in found.new.patches]
        return [one for one in found.pairs if one.new is not None and ids[one.new] == only]
    pairs = told_pairs(found, numbers)
    if numbers and not pairs:
        raise NotFound(f"{found.new.name} has no such patch", "mkit compare ... --summary")
    return pairs


def _text(
    found: Comparison, pairs: Sequence[Pair], remarks: Sequence[ComparedRemark], way: str
) -> Iterator[str]:
    if way == COMMENTS:
        yield from compared_remarks_text(found, remarks)
        return
    yield from summary_text(found, terminal_width())
    if way == RANGE_DIFF:
        yield from range_diff_text(found, pairs)
    elif way == EACH:
        yield from each_interdiff_text(found, pairs)
    elif way == INTERDIFF:
        yield ""
        yield from interdiff_text(found.whole())
