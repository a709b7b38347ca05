# SPDX-License-Identifier: GPL-2.0-or-later
"""``check --calibrate``."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from maintainer_kit.adapters.git.log import read_commits
from maintainer_kit.adapters.git.range import count_commits, read_range
from maintainer_kit.cli.common import Bar, print_lines
from maintainer_kit.errors import Refused, RepositoryError
from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.wiring.checkroom import CheckWish, open_checkroom
from maintainer_kit.workflow.calibrate import Tally, profile_lines, tally


def calibrate(wish: CheckWish, count: int, out: Path | None) -> None:
    """Print, or write to a file, a profile made by the newest ``count`` commits."""
    with open_checkroom(wish) as room:
        if room.facts is None:
            raise RepositoryError("this is no git repository", "mkit check --repo DIR --calibrate")
        judge, _ = room.judge()
        git = room.facts.git
        wanted = read_range(git, f"-{count}").without_merges()
        total = count_commits(git, wanted)
        found = Tally()
        with Bar("calibrating", "commits") as bar:
            records = read_commits(git, wanted)
            for found in tally(records, judge.rules, judge.profile, judge.context):
                bar.advance(found.commits, total)
    lines = list(profile_lines(judge.profile, found))
    if out is None:
        print_lines(lines)
        return
    _write(out, "\n".join(lines) + "\n")
    changed = sum(not line.startswith("#") for line in lines[lines.index("[rules]") + 1 :])
    by = count_of(found.commits, "commit")
    click.echo(f"{visible_line(str(out))}: {count_of(changed, 'rule')} changed by {by}", err=True)


def _write(path: Path, text: str) -> None:
    """All of it or nothing."""
    try:
        with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as f:
            f.write(text)
        os.chmod(f.name, 0o644)
        os.replace(f.name, path)
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}", "--out FILE in a folder of yours") from error
