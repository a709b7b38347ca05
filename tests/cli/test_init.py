# SPDX-License-Identifier: GPL-2.0-or-later
"""``init``: asked on a terminal or told by options, it writes what it showed, and only that."""

from __future__ import annotations

import re
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build import mail, posting
from tests.cli import schemas
from tests.integration.driver import CONFIG, Mkit
from tests.integration.mail_programs import put_program
from tests.integration.mboxes import maildir
from tests.integration.terminal import on_terminal
from tests.integration.test_user_database import notmuch_config

LIST = "pebblefs@lists.lumen.example"
MAINTAINERS = (
    "List of maintainers\n-------------------\n\nPEBBLEFS\nM:\tRobin <robin@lumen.example>\n"
    f"L:\t{LIST}\nS:\tMaintained\nF:\tfs/pebble/\n"
)
HOOKS = {
    *("procmail", "maildrop", "sieve", "mkit-deliver", "forward", "post-new", "cron"),
    *("mkit-sync.service", "mkit-sync.timer"),
}


@pytest.fixture(autouse=True)
def _outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In no repository: that where one stands is a guess."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def robin(tmp_path: Path) -> Mkit:
    """A new account that knows its address, and nothing of mkit."""
    made = Mkit(tmp_path, quick=False).having(MKIT_HOME="")
    (Path(made.env["HOME"]) / ".gitconfig").write_text("[user]\n\temail = robin@lumen.example\n")
    return made


def user(robin: Mkit) -> Path:
    return Path(robin.env["HOME"])


def settings(robin: Mkit) -> str:
    return (user(robin) / ".gitconfig").read_text(encoding="utf-8")


def files(robin: Mkit) -> set[str]:
    """All files of the account, by their path below it."""
    found = (path for path in user(robin).rglob("*") if path.is_file())
    return {str(path.relative_to(user(robin))) for path in found}


def project(robin: Mkit) -> Path:
    """A repository with a MAINTAINERS."""
    made = user(robin) / "src" / "my lumen"
    robin.program(["git", "init", "--quiet", str(made)])
    (made / "MAINTAINERS").write_text(MAINTAINERS, encoding="utf-8")
    return made


def inside(robin: Mkit, folder: Path, *args: str) -> str:
    """What init says there."""
    script = 'cd "$0" && exec "$@"'
    done = robin.program(["sh", "-c", script, str(folder), *robin.argv("init", *args)])
    assert done.code == 0, done.stderr
    return done.stdout


def test_a_dry_run_writes_nothing(robin: Mkit) -> None:
    before = files(robin)
    value = robin.json("init", "--dry-run", "--list", LIST, "--mail", "procmail")
    schemas.check(value, "init")
    assert value["changes"] == [{"name": "mkit.list", "value": LIST, "action": "add"}]
    assert set(value["files"]) == HOOKS
    assert not value["written"]
    text = robin.run("init", "--dry-run", "--list", LIST, "--mail", "procmail").stdout
    assert f"git config --global --add mkit.list {LIST}" in text
    assert "Nothing was written" in text
    assert files(robin) == before
    assert "mkit" not in settings(robin)


def test_without_a_terminal_it_wants_to_be_told(robin: Mkit) -> None:
    assert "--yes" in robin.run("init", code=1).stderr
    assert "mkit" not in settings(robin)


def test_nobody_is_guessed(robin: Mkit) -> None:
    (user(robin) / ".gitconfig").unlink()
    assert "--me" in robin.run("init", "--yes", code=1).stderr
    assert files(robin) == set()
    robin.run("init", "--yes", "--me", "ada@quarry.example")
    assert "ada@quarry.example" in settings(robin)


def test_it_writes_what_it_showed_and_the_second_time_nothing(robin: Mkit) -> None:
    where = project(robin)
    text = inside(robin, where, "--yes", "--mail", "procmail")
    shown = re.findall(r"^  (git config .*)$", text, re.M)
    assert [one.split()[4] for one in shown] == ["mkit.list", "mkit.repository"]
    found = {one["name"]: one["value"] for one in robin.json("config")["settings"]}
    assert (found["mkit.list"], found["mkit.repository"]) == ([LIST], [str(where)])
    hooks = user(robin) / ".local" / "share" / "mkit" / "hooks"
    assert {path.name for path in hooks.iterdir()} == HOOKS
    assert stat.S_IMODE(hooks.stat().st_mode) == 0o700
    assert stat.S_IMODE((hooks / "post-new").stat().st_mode) == 0o700
    assert f'INCLUDERC="{hooks}/procmail"' in text
    before = settings(robin)
    again = inside(robin, where, "--yes", "--mail", "procmail")
    assert "nothing to write" in again
    assert settings(robin) == before


def test_by_hand_the_shown_commands_do_the_same(robin: Mkit) -> None:
    args = ("--list", LIST, "--repository", "~/my lumen", "--me", "r@home.example")
    text = robin.run("init", "--dry-run", *args).stdout
    for command in re.findall(r"^  (git config .*)$", text, re.M):
        assert robin.program(["sh", "-c", command]).code == 0
    by_hand = settings(robin)
    (user(robin) / ".gitconfig").write_text("[user]\n\temail = robin@lumen.example\n")
    robin.run("init", "--yes", *args)
    assert settings(robin) == by_hand


def test_only_what_is_answered_otherwise_changes(robin: Mkit) -> None:
    robin.run("init", "--yes", "--list", LIST, "--list", "wick@lists.lumen.example")
    own = settings(robin) + "[alias]\n\tco = checkout\n"
    (user(robin) / ".gitconfig").write_text(own, encoding="utf-8")
    robin.run("init", "--yes", "--list", LIST)
    assert settings(robin) == own.replace("\tlist = wick@lists.lumen.example\n", "")
    robin.run("init", "--yes", "--list", "")
    assert "list" not in settings(robin)


def test_a_hook_that_was_changed_is_made_anew(robin: Mkit) -> None:
    robin.run("init", "--yes")
    hook = user(robin) / ".local" / "share" / "mkit" / "hooks" / "procmail"
    right = hook.read_text(encoding="utf-8")
    hook.write_text("of an older mkit", encoding="utf-8")
    assert robin.json("init", "--yes")["files"] == ["procmail"]
    assert hook.read_text(encoding="utf-8") == right


def test_a_private_home_keeps_its_own_settings(mkit: Mkit) -> None:
    before = (mkit.home / "config").read_text(encoding="utf-8")
    assert before == CONFIG
    mkit.run("init", "--yes", "--list", LIST)
    after = (mkit.home / "config").read_text(encoding="utf-8")
    assert after == CONFIG.replace("\tlist = wick@lists.lumen.example\n", "")
    assert not (Path(mkit.env["HOME"]) / ".gitconfig").exists()
    assert {path.name for path in (mkit.home / "hooks").iterdir()} == HOOKS


@pytest.mark.parametrize(
    ("sign", "guess"),
    [
        (".procmailrc", "procmail"),
        (".mailfilter", "maildrop"),
        (".dovecot.sieve", "sieve"),
        (".local/share/lei/saved-searches/x", "lei"),
        ("Maildir/new/1.mail", "mailbox"),
        ("unrelated", "lore"),
    ],
)
def test_where_mail_comes_from_is_guessed(robin: Mkit, sign: str, guess: str) -> None:
    (user(robin) / sign).parent.mkdir(parents=True, exist_ok=True)
    (user(robin) / sign).write_text("x", encoding="utf-8")
    value = robin.having(MAIL="/nonexistent").json("init", "--dry-run")
    assert value["mail"] == guess
    schemas.check(value, "init")


def test_the_users_notmuch_database_tells_lists_and_addresses(robin: Mkit) -> None:
    root = user(robin) / "Mail"
    named = {"List-Id": f"Pebble <{LIST.replace('@', '.')}>"}
    maildir(root / "lists", [mail("x", message_id="x@made.example", headers=named)], stem="l")
    config = robin.base / "notmuch-config"
    config.write_text(notmuch_config(root), encoding="utf-8")
    there = robin.having(NOTMUCH_CONFIG=str(config))
    there.notmuch("new", "--quiet")
    value = there.json("init", "--dry-run")
    assert value["mail"] == "notmuch"
    assert value["settings"]["mkit.me"] == ["robin@lumen.example", "r@home.example"]
    assert value["settings"]["mkit.list"] == [LIST.replace("@", ".")]
    (hook, *_) = value["next"]
    there.run("init", "--yes")
    assert there.program(["sh", "-c", hook["line"]]).code == 0
    placed = root / ".notmuch" / "hooks" / "post-new"
    assert " sync " in placed.read_text()
    placed.write_text("#!/bin/sh\necho mine\n", encoding="utf-8")
    there.program(["sh", "-c", hook["line"]])
    assert placed.read_text() == "#!/bin/sh\necho mine\n", "what is there is not replaced"


def test_maildrop_takes_in_what_was_written(mkit: Mkit, needs_tool: Callable[[str], str]) -> None:
    needs_tool("maildrop")
    program = put_program(mkit.base / "programs").parent
    there = mkit.having(PATH=f"{program}:{mkit.env['PATH']}")
    (step, *_) = there.json("init", "--yes", "--mail", "maildrop")["next"]
    rules = mkit.base / "rules"
    box = mkit.base / "inbox"
    rules.write_text(f'DEFAULT="{box}"\n{step["line"]}\n', encoding="utf-8")
    rules.chmod(0o600)
    (raw,) = posting("one", 1, cover=False)
    assert there.program(["maildrop", str(rules)], raw).code == 0
    assert there.json("import", box)["duplicates"] == 1, "it has a copy already"


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("lei", f"mkit track --list {LIST}"),
        ("lore", "mkit pull --list pebblefs --since 1m"),
        ("mailbox", "mkit import PATH"),
        ("procmail", 'INCLUDERC="'),
        ("sieve", "cat "),
    ],
)
def test_what_is_left_to_do_by_hand(robin: Mkit, kind: str, line: str) -> None:
    args = ("--dry-run", "--list", LIST, "--mail", kind)
    steps = robin.having(MAIL="/nonexistent").json("init", *args)["next"]
    assert steps[0]["line"].startswith(line)
    assert [one["line"] for one in steps[-2:]] == ["mkit doctor", "mkit"]


def test_the_backlog_is_archived_once_and_comes_back(mkit: Mkit) -> None:
    mkit.bring(*posting("old", 1))
    assert len(mkit.json("list")["topics"]) == 1
    value = mkit.json("init", "--yes", "--backlog", "30d")
    schemas.check(value, "init")
    assert value["archived"] == 1
    assert mkit.json("list")["topics"] == []
    assert mkit.json("init", "--yes", "--backlog", "30d")["archived"] == 0
    mkit.run("undo")
    assert len(mkit.json("list")["topics"]) == 1


def test_it_asks_with_what_it_guesses(robin: Mkit) -> None:
    where = project(robin)
    argv = ["sh", "-c", f'cd "{where}" && exec "$0" -m maintainer_kit init', sys.executable]
    with on_terminal(argv, robin.env | {"MKIT_HOME": "", "MAIL": "/nonexistent"}) as screen:
        screen.until("Who are you", "[robin@lumen.example]")
        screen.press("Enter")
        screen.until("Which lists", f"[{LIST}]")
        screen.press(f"{LIST} wick@lists.lumen.example", "Enter")
        # Not the path: it breaks where the terminal ends.
        screen.until("In which repositories", "]:")
        screen.press("-", "Enter")
        screen.until("Where does mail come from", "[lore]")
        screen.press("procmail", "Enter")
        screen.until("--add mkit.list wick@lists.lumen.example", "Write this?")
        screen.press("y", "Enter")
        screen.until("INCLUDERC")
    assert settings(robin).count("list = ") == 2
    assert "repository" not in settings(robin)


def test_no_is_no(robin: Mkit) -> None:
    before = files(robin), settings(robin)
    argv = [sys.executable, "-m", "maintainer_kit", "init", "--mail", "lore"]
    given = ["--me", "a@b.example", "--list", LIST, "--repository", ""]
    with on_terminal([*argv, *given], robin.env | {"MKIT_HOME": ""}) as screen:
        screen.until("Write this?")
        screen.press("n", "Enter")
        screen.until("stopped")
    assert (files(robin), settings(robin)) == before
