# SPDX-License-Identifier: GPL-2.0-or-later
"""docs/howto/two-machines.md: each command that it prints works, on the machine of its prompt."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.driver import ROOT, SAMPLE, Done, Mkit

PAGE = ROOT / "docs" / "howto" / "two-machines.md"
_SSH = (
    '#!/bin/sh\nwhile [ $# -gt 2 ]; do shift; done\necho "$1" >> {told}\nexport HOME={home}\ncd\n'
)


def steps() -> Iterator[tuple[str, str]]:
    """Machine and command of each line with a prompt."""
    for block in re.findall(r"^```\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S):
        for line in block.splitlines():
            machine, _, command = line.partition("$ ")
            yield machine, command


class Machine:
    """A computer with an account of Robin's, and mkit where it puts itself."""

    def __init__(self, base: Path) -> None:
        base.mkdir()
        program = base / "mkit"
        program.write_text(f'#!/bin/sh\nexec {sys.executable} -m maintainer_kit "$@"\n')
        program.chmod(0o755)
        home = base / "user" / ".local" / "share" / "mkit"
        made = Mkit(base)
        made = made.having(MKIT_HOME=str(home), PATH=f"{base}:{made.env['PATH']}").configure()
        made.run("import", SAMPLE / "pebblefs.mbox")
        self.mkit = made

    def shell(self, command: str) -> Done:
        done = self.mkit.program(["sh", "-c", f'cd "$HOME" && {command}'])
        assert done.code == 0, f"{command}: exit {done.code}\n{done.stdout}\n{done.stderr}"
        return done

    def reach(self, other: Machine) -> Path:
        """Let ssh come to another machine; gives the file that lists the hosts it was asked for."""
        program, told = self.mkit.base / "ssh", self.mkit.base / "hosts"
        home = other.mkit.env["HOME"]
        program.write_text(_SSH.format(told=told, home=home) + 'exec sh -c "$2"\n')
        program.chmod(0o755)
        self.mkit = self.mkit.having(GIT_SSH_COMMAND=str(program), GIT_SSH_VARIANT="simple")
        return told


@pytest.mark.timeout(300)
def test_every_command_of_the_page_works(tmp_path: Path) -> None:
    machines = {name: Machine(tmp_path / name) for name in ("server", "desk")}
    hosts = machines["desk"].reach(machines["server"])
    done = [(machine, command, machines[machine].shell(command)) for machine, command in steps()]
    assert len(done) >= 12
    assert set(hosts.read_text().splitlines()) == {"robin@server.example"}
    logs = [one.shell("mkit log --json").stdout for one in machines.values()]
    assert logs[0] == logs[1]
    exports = [one.shell("mkit export").stdout for one in machines.values()]
    assert exports[0] == exports[1]
    told = "".join(each.stdout for _, command, each in done if command == "mkit share")
    assert re.search(
        r"^\w{6} v1 \d/\d: .* here [0-9: -]+, .* on \S+ [0-9: -]+: \S+ holds$", told, re.M
    )
