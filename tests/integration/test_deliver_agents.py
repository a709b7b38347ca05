# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``mkit hooks mail`` prints, in the hands of the real programs that it is for."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bench import deliver_storm
from tests.build import mail, part_id, posting
from tests.integration.driver import CONFIG, SAMPLE, Mkit
from tests.integration.mail_programs import BARE, Mailbox, dovecot, held, put_program
from tests.integration.places import fill_up, small_disk
from tests.integration.test_user_database import notmuch_config

AGENTS = ("procmail", "maildrop")
HOSTILE = 'it\'s a "$HOME" `id` 100% \\n'
MAIL = mail("[PATCH] pebble: help", "Please.\n", message_id="one@made.example")
LARGE = mail("large", ("x" * 70 + "\n") * 20_000, message_id="large@made.example")


@pytest.fixture
def box(mkit: Mkit) -> Mailbox:
    return Mailbox(mkit)


@pytest.mark.parametrize("agent", AGENTS)
class TestAgent:
    """A delivery agent with the lines for it."""

    @pytest.fixture(autouse=True)
    def _installed(self, agent: str, needs_tool: Callable[[str], str]) -> None:
        needs_tool(agent)

    def give(self, box: Mailbox, agent: str, raw: bytes) -> int:
        return (box.procmail if agent == "procmail" else box.maildrop)(raw).code

    def test_mkit_gets_a_copy_and_the_rest_goes_on(self, box: Mailbox, agent: str) -> None:
        for raw in posting("s", 2):
            assert self.give(box, agent, raw) == 0
        assert box.mkit.json("sync")["new"] == 3
        assert box.mkit.topic(part_id("s", 0))["received"] == 2
        assert box.inbox.read_bytes().count(b"\nSubject: [PATCH") == 3

    def test_a_full_disk_lets_mail_wait(self, tmp_path: Path, agent: str) -> None:
        with small_disk(tmp_path / "mkit", "4m"):
            box = Mailbox(Mkit(tmp_path).configure(CONFIG))
            filler = fill_up(box.mkit.home)
            assert self.give(box, agent, LARGE) == 75
            assert not box.inbox.exists(), "it comes again, and must not be there twice"
            assert box.held() == []
            filler.unlink()
            assert self.give(box, agent, LARGE) == 0
            assert [raw.strip() for raw in box.held()] == [LARGE.strip()]
            assert box.mkit.json("sync")["new"] == 1

    def test_an_mkit_that_is_gone_lets_mail_wait(self, box: Mailbox, agent: str) -> None:
        rules = box.hook(agent)
        (box.mkit.base / "pro grams" / "mkit").unlink()
        run = box.procmail if agent == "procmail" else box.maildrop
        assert run(MAIL, rules).code == 75
        assert not box.inbox.exists()

    def test_paths_with_everything_in_them(self, tmp_path: Path, agent: str) -> None:
        base = tmp_path / HOSTILE
        base.mkdir()
        mkit = Mkit(tmp_path).having(MKIT_HOME=str(base / "home")).configure(CONFIG)
        put_program(base)
        there = mkit.having(PATH=f"{base}:{mkit.env['PATH']}")
        rules = there.run("hooks", "mail", agent).stdout
        assert self.give_by(Mailbox(mkit), agent, rules) == 0
        assert [raw.strip() for raw in held(base / "home" / "mail" / "mkit")] == [MAIL.strip()]

    def give_by(self, box: Mailbox, agent: str, rules: str) -> int:
        return (box.procmail if agent == "procmail" else box.maildrop)(MAIL, rules).code


def test_a_storm_with_kills_loses_nothing(
    needs_tool: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    for agent in AGENTS:
        needs_tool(agent)
    boxes = sorted(SAMPLE.glob("*.mbox"))
    wrong = deliver_storm.run(boxes, count=60, parallel=12, kills=0.4, seed=5)
    said = capsys.readouterr().out
    assert wrong == [], said
    assert "exit -9" in said, "nobody was killed"


def test_dovecot_and_its_sieve(mkit: Mkit, needs_tool: Callable[[str], str]) -> None:
    needs_tool("sievec")
    with dovecot(mkit) as account:
        assert account.deliver(MAIL).code == 0, account.log()
        [raw] = held(account.base / "mkit-home" / "mail" / "mkit")
        assert raw == MAIL.replace(b"\n", b"\r\n"), "as Dovecot hands mail over"
        assert len(list((account.base / "Maildir" / "new").iterdir())) == 1
        # Dovecot does not try again: what mkit could not take stays in the inbox, and is told.
        account.pipe.write_text("#!/bin/sh\nexit 75\n")
        assert account.deliver(LARGE).code == 0
        assert "failed, but implicit keep was successful" in account.log()
        assert len(list((account.base / "Maildir" / "new").iterdir())) == 2
        assert mkit.json("import", account.base / "Maildir")["new"] == 2


def test_notmuch_calls_sync_when_it_found_mail(tmp_path: Path) -> None:
    root = tmp_path / "user" / "Mail"
    root.mkdir(parents=True)
    (tmp_path / "user" / ".notmuch-config").write_text(notmuch_config(root), encoding="utf-8")
    robin = Mkit(tmp_path).having(MKIT_HOME="")
    (tmp_path / "user" / ".gitconfig").write_text(CONFIG, encoding="utf-8")
    robin.notmuch("new", "--quiet")
    program = put_program(tmp_path / "programs")
    path = f"{program.parent}:{robin.env['PATH']}"
    text = robin.having(PATH=path).run("hooks", "mail", "notmuch").stdout
    hooks = Path(robin.notmuch("config", "get", "database.hook_dir").strip())
    hooks.mkdir(parents=True, exist_ok=True)
    (hooks / "post-new").write_text(text)
    (hooks / "post-new").chmod(0o755)
    for raw in posting("s", 2):
        assert robin.end_of("deliver", stdin=raw).code == 0
    robin.notmuch("new", "--quiet")
    assert robin.json("list", "--no-sync")["topics"][0]["message_id"] == part_id("s", 0)


# notmuch's configuration knows no backslash in a path.
@pytest.mark.parametrize("home", ["plain", HOSTILE.replace("\\", "")])
def test_cron_syncs(mkit: Mkit, home: str) -> None:
    place = mkit.base / home
    program = put_program(mkit.base / "pro grams")
    there = mkit.having(MKIT_HOME=str(place), PATH=f"{program.parent}:{mkit.env['PATH']}")
    assert there.end_of("deliver", stdin=MAIL).code == 0
    line = there.run("hooks", "mail", "cron").stdout.splitlines()[-1]
    # crontab(5): five fields, and % is an end of line unless there is a backslash before it.
    command = line.split(maxsplit=5)[5].replace("\\%", "%")
    env = {"HOME": mkit.env["HOME"], "PATH": mkit.env["PATH"], "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["/bin/sh", "-c", command], env=env, check=True, timeout=60)
    assert there.json("list", "--no-sync")["topics"][0]["message_id"] == "one@made.example"


def test_systemd_understands_its_units(mkit: Mkit, needs_tool: Callable[[str], str]) -> None:
    needs_tool("systemd-analyze")
    program = put_program(mkit.base / "pro grams")
    path = f"{program.parent}:{mkit.env['PATH']}"
    there = mkit.having(MKIT_HOME=str(mkit.base / HOSTILE), PATH=path)
    files = []
    for kind in ("service", "timer"):
        files.append(mkit.base / f"mkit-sync.{kind}")
        files[-1].write_text(there.run("hooks", "mail", f"systemd-{kind}").stdout)
    argv = ["systemd-analyze", "verify", "--man=no", *map(str, files)]
    env = {**BARE, "XDG_RUNTIME_DIR": str(mkit.base), "HOME": str(mkit.base)}
    done = subprocess.run(argv, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert not [line for line in done.stderr.splitlines() if "mkit-sync" in line], done.stderr


def test_an_alias_gets_a_line_only_where_each_server_understands_it(box: Mailbox) -> None:
    program = put_program(box.mkit.base / "programs")
    there = box.mkit.having(PATH=f"{program.parent}:{box.mkit.env['PATH']}")
    line = there.run("hooks", "mail", "forward").stdout.splitlines()[-1]
    command = line.removeprefix('"|').removesuffix('"')
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        env={"PATH": "/usr/bin:/bin"},
        input=MAIL,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert box.held() == [MAIL]
    refused = there.having(MKIT_HOME=str(box.mkit.base / HOSTILE))
    assert "understand" in refused.run("hooks", "mail", "forward", code=1).stderr


def test_what_there_is_and_what_there_is_not(mkit: Mkit) -> None:
    listed = [line.split()[0] for line in mkit.run("hooks", "mail").stdout.splitlines()]
    assert {*AGENTS, "sieve", "notmuch", "cron", "systemd-timer"} <= set(listed)
    for name in listed:
        text = mkit.run("hooks", "mail", name).stdout
        assert f"mkit mail hook {name}: " in text
        assert "@" not in text.replace("user@", "").replace(os.sep, "")
    assert "procmail" in mkit.run("hooks", "mail", "fetchmail", code=1).stderr
    broken = mkit.having(MKIT_HOME=str(mkit.base / "a\nb"))
    assert "can be given the path" in broken.run("hooks", "mail", "cron", code=1).stderr
