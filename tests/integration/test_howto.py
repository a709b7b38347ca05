# SPDX-License-Identifier: GPL-2.0-or-later
"""The pages of docs/howto: each command that they print works on the sample mail, in its order."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.integration.driver import ROOT, SAMPLE, Done, Mkit

PAGES = ("morning", "holiday", "merge-window", "two-maintainers")
_GIT = (
    "git -c user.name=Hollis -c user.email=h@lumen.example -c init.defaultBranch=main"
    " -c tag.gpgSign=false -c commit.gpgSign=false"
)
_SHELLS = re.compile(r"[|;&$~]")
_RELEASES = {
    "v6.2": "2026-01-11",
    "v6.3-rc1": "2026-01-25",
    "v6.3-rc2": "2026-02-01",
    "v6.3-rc3": "2026-02-08",
    "v6.3-rc4": "2026-02-15",
    "v6.3-rc5": "2026-02-22",
    "v6.3-rc6": "2026-03-01",
    "v6.3-rc7": "2026-03-08",
    "v6.3": "2026-03-15",
}
_AFTER = ("v6.4-rc1", "2026-03-29")


@dataclass
class Step:
    """A command of a page, and the lines that the page prints below it."""

    command: str
    printed: list[str] = field(default_factory=list)


def steps_of(page: str) -> Iterator[Step]:
    """The commands of a page's blocks, which begin with a dollar."""
    text = (ROOT / "docs" / "howto" / f"{page}.md").read_text(encoding="utf-8")
    for block in re.findall(r"^```\n(.*?)^```$", text, re.M | re.S):
        found: list[Step] = []
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append(Step(line[2:]))
            else:
                found[-1].printed.append(line)
        yield from found


@pytest.fixture
def robin(tmp_path: Path) -> Mkit:
    """Robin's account with all sample mail, where mkit puts it by itself."""
    program = tmp_path / "bin" / "mkit"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m maintainer_kit "$@"\n')
    program.chmod(0o755)
    home = tmp_path / "user" / ".local" / "share" / "mkit"
    made = Mkit(tmp_path)
    path = f"{program.parent}:{made.env['PATH']}"
    made = made.having(MKIT_HOME=str(home), PATH=path).configure()
    made.run("import", *sorted(SAMPLE.glob("*.mbox")))
    clone_project(made)
    return made


def clone_project(robin: Mkit) -> None:
    """A clone of a project in ~/src/lumen, which has tagged a release candidate since."""
    user = Path(robin.env["HOME"])
    (user / "src").mkdir()
    shell(robin, f"{_GIT} init --quiet upstream")
    for tag, day in _RELEASES.items():
        release(robin, tag, day)
    shell(robin, "git clone --quiet upstream src/lumen")
    release(robin, *_AFTER)


def release(robin: Mkit, tag: str, day: str) -> None:
    at = f"{day}T12:00:00Z"
    robin = robin.having(GIT_COMMITTER_DATE=at, GIT_AUTHOR_DATE=at)
    shell(robin, f"cd upstream && {_GIT} commit --quiet --allow-empty -m {tag}")
    shell(robin, f"cd upstream && {_GIT} tag -a -m {tag} {tag}")


def run(robin: Mkit, command: str) -> Done:
    """Run a line as a shell would; one that needs no shell in less time."""
    name, *words = shlex.split(command)
    if name == "mkit" and not _SHELLS.search(command):
        return robin.run(*words)
    return shell(robin, command)


def shell(robin: Mkit, command: str) -> Done:
    """Run a line as a person does who sits in the home directory."""
    done = robin.program(["sh", "-c", f'cd "$HOME" && {command}'])
    assert done.code == 0, f"{command}: exit {done.code}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.mark.timeout(300)
@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_a_page_works(robin: Mkit, page: str) -> None:
    steps = list(steps_of(page))
    assert len(steps) > 10
    for step in steps:
        done = run(robin, step.command)
        told = done.stdout.splitlines()
        missing = [line for line in step.printed if line not in told]
        assert not missing, f"{step.command}: {missing} is not in\n{done.stdout}"
        if step.command.startswith("mkit list") and not step.printed:
            # An example that finds nothing shows nothing; "0" is --count of nothing.
            assert told and told[0] != "0" and "Nothing" not in told[0], step.command


def test_the_tag_brings_back_what_waited_for_it(robin: Mkit) -> None:
    """What the page on the merge window promises, looked at more closely."""
    shell(robin, "git config --global mkit.repository ~/src/lumen")
    assert "merge window" in shell(robin, "mkit digest --peek").stdout
    waiting = robin.json("list", "--turn", "me")["topics"]
    (topic,) = (one for one in waiting if one["subject"] == "pebble: FIEMAP")
    shell(robin, f"mkit snooze --tag v6.4-rc1 {topic['id']}")
    assert topic["id"] not in {one["id"] for one in robin.json("list")["topics"]}
    shell(robin, "git -C src/lumen fetch --quiet --tags")
    back = {one["id"]: one for one in robin.json("list", "--turn", "me")["topics"]}
    assert "v6.4-rc1" in back[topic["id"]]["turn_reason"]
