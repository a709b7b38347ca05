# SPDX-License-Identifier: GPL-2.0-or-later
"""docs/howto/maintainer.md as it is written: real procmail, rsync and git, on two machines."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import require_tool
from tests.integration.driver import SAMPLE
from tests.integration.mail_programs import BARE, held
from tests.integration.setups import Account, Written, ids, parts_of, sample_mails

_SSH = """#!/bin/sh
user=
while :; do
    case $1 in
    -l) user=$2@; shift 2 ;;
    -o) shift 2 ;;
    -*) shift ;;
    *) break ;;
    esac
done
[ "$user$1" = robin@server.example ] || exit 255
shift
export HOME={home}
cd && exec sh -c "$*"
"""
"""Connects to the other account; options are those that git and rsync give."""


def arrive(server: Account, *raws: bytes) -> None:
    """What the mail server does with each mail: procmail would ask who we are for the home."""
    rules = server.home / ".procmailrc"
    for raw in raws:
        done = subprocess.run(
            ["procmail", "-m", f"HOME={server.home}", str(rules)],
            env=BARE,
            input=raw,
            capture_output=True,
            timeout=100,
            check=False,
        )
        assert done.returncode == 0, done.stderr


@pytest.fixture
def machines(tmp_path: Path) -> dict[str, Account]:
    for tool in ("procmail", "rsync"):
        require_tool(tool)
    server, desk = Account(tmp_path / "server"), Account(tmp_path / "desk")
    for one in (server, desk):
        one.shell("git config --global user.email robin@lumen.example")
    ssh = desk.programs / "ssh"
    ssh.write_text(_SSH.format(home=server.home), encoding="utf-8")
    ssh.chmod(0o755)
    server.clone_sample()
    (server.home / "old").mkdir()
    shutil.copy(SAMPLE / "pebblefs.mbox", server.home / "old")
    (server.home / "Maildir").mkdir()
    return {"server": server, "desk": desk}


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_page(machines: dict[str, Account]) -> None:
    server, desk = machines["server"], machines["desk"]
    lists, general = sample_mails("wick")[:8], sample_mails("lumen-kernel")[:2]
    copies = server.home / ".local" / "share" / "mkit" / "mail" / "mkit"
    for part in parts_of("maintainer"):
        if isinstance(part, Written):
            server.write(part, {})
            arrive(server, *lists, *general)
            assert ids(held(copies)) == ids([*lists, *general])
            continue
        done = machines[part.machine].follow(part)
        if "--count" in part.command:
            assert int(done.stdout) > 0, part.command
        if "--backlog" in part.command:
            assert "archived: " in done.stdout and "archived: 0" not in done.stdout
    # procmail's own rules went on, and mkit has a copy of each.
    assert ids(held(server.home / "Maildir")) == ids(lists)
    assert ids(held(server.home / "Maildir" / "lumen-kernel")) == ids(general)
    both = [one.mkit.run("export").stdout for one in machines.values()]
    assert both[0] == both[1]
    assert both[0].count("\n") > 30
    logs = [one.mkit.run("log", "--json").stdout for one in (server, desk)]
    assert logs[0] == logs[1]
    assert "under-review" in logs[0]
