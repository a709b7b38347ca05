# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit deliver`` where something stands against it: 75, nothing half done, and the same mail goes
in when it comes again."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.build import mail, posting
from tests.integration.driver import CONFIG, Done, Mkit
from tests.integration.mail_programs import held
from tests.integration.places import fill_up, remount, small_disk, without_powers

MAIL = mail("[PATCH] pebble: help", "Please.\n", message_id="one@made.example")
LARGE = mail("large", ("x" * 70 + "\n") * 20_000, message_id="large@made.example")
FOLDER = Path("mail", "mkit")


def waits(done: Done, *names: str) -> None:
    """The mail server is asked to try again, and told why in a line or two."""
    assert (done.code, done.stdout) == (75, ""), done.stderr
    first, *more = done.stderr.strip().splitlines()
    assert first.startswith("mkit: not delivered: "), done.stderr
    assert len(more) <= 1
    assert all(name in first for name in names), first


@pytest.mark.parametrize("room", [0, 8_000, 400_000])
def test_a_full_disk(tmp_path: Path, room: int) -> None:
    with small_disk(tmp_path / "mkit", "4m"):
        mkit = Mkit(tmp_path).configure(CONFIG)
        assert mkit.end_of("deliver", stdin=MAIL).code == 0
        filler = fill_up(mkit.home, leave=room)
        waits(mkit.end_of("deliver", stdin=LARGE), "No space left")
        assert held(mkit.home / FOLDER) == [MAIL]
        filler.unlink()
        assert mkit.end_of("deliver", stdin=LARGE).code == 0
        assert held(mkit.home / FOLDER) == sorted([MAIL, LARGE])


def test_a_full_disk_when_it_is_no_mail(tmp_path: Path) -> None:
    with small_disk(tmp_path / "mkit", "4m"):
        mkit = Mkit(tmp_path).configure(CONFIG)
        filler = fill_up(mkit.home)
        waits(mkit.end_of("deliver", stdin=b"no mail\n"), "No space left")
        filler.unlink()
        assert mkit.end_of("deliver", stdin=b"no mail\n").code == 0
        lines = (mkit.home / "refused" / "journal.jsonl").read_bytes().splitlines()
        assert json.loads(lines[-1])["reason"] == "it does not begin with a header"
        assert not [path for path in mkit.home.rglob("*deliver.*") if path.is_file()]


def test_a_read_only_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path / "mkit", "4m"):
        mkit = Mkit(tmp_path).configure(CONFIG)
        remount(mkit.home, "ro")
        waits(mkit.end_of("deliver", stdin=MAIL), "Read-only", str(mkit.home))
        remount(mkit.home, "rw")
        assert mkit.end_of("deliver", stdin=MAIL).code == 0


def test_a_folder_without_the_right_to_write(mkit: Mkit) -> None:
    assert mkit.end_of("deliver", stdin=MAIL).code == 0
    limited = mkit.wrapped(*without_powers())
    (mkit.home / FOLDER / "tmp").chmod(0o500)
    waits(limited.end_of("deliver", stdin=LARGE), "denied", str(mkit.home / FOLDER))
    (mkit.home / FOLDER / "tmp").chmod(0o700)
    (mkit.home / FOLDER / "new").chmod(0o500)
    waits(limited.end_of("deliver", stdin=LARGE), "denied", str(mkit.home / FOLDER))
    (mkit.home / FOLDER / "new").chmod(0o700)
    assert held(mkit.home / FOLDER) == [MAIL]


def test_a_home_that_is_a_file(mkit: Mkit) -> None:
    (mkit.base / "file").write_text("", encoding="utf-8")
    there = mkit.having(MKIT_HOME=str(mkit.base / "file" / "home"))
    waits(there.end_of("deliver", stdin=MAIL), str(mkit.base / "file"))


def test_a_limit_on_the_size_of_files(mkit: Mkit) -> None:
    argv = ["sh", "-c", 'ulimit -f 64; exec "$@"', "sh", *mkit.argv("deliver")]
    waits(mkit.program(argv, LARGE), "too large")
    assert held(mkit.home / FOLDER) == []


def test_a_user_whom_nobody_knows_and_no_home(mkit: Mkit) -> None:
    if os.geteuid():
        pytest.skip("only root can become another")
    # Imported before it becomes somebody who may not read the interpreter's files.
    code = (
        "import os, pwd, maintainer_kit.cli.main, maintainer_kit.model.mail.text\n"
        "import maintainer_kit.wiring.delivering\n"
        "from maintainer_kit.cli.deliver_start import start_deliver\n"
        "os.setresuid(54321, 54321, 54321)\n"
        "raise SystemExit(start_deliver([]))\n"
    )
    argv = [sys.executable, "-c", code]
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": mkit.env["PYTHONPATH"]}
    done = subprocess.run(argv, env=env, input=MAIL, capture_output=True, timeout=60, check=False)
    assert done.returncode == 75
    assert b"home directory" in done.stderr


def test_no_standard_input(mkit: Mkit) -> None:
    argv = ["sh", "-c", 'exec "$@" <&-', "sh", *mkit.argv("deliver")]
    waits(mkit.program(argv))
    assert not (mkit.home / "mail").exists()


def test_a_terminal_is_no_mail(mkit: Mkit) -> None:
    ours, theirs = pty.openpty()
    try:
        done = mkit.start("deliver", stdin=theirs)
        said = done.communicate(timeout=60)[1]
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.returncode == 75
    assert "standard input" in said


def test_nobody_to_complain_to(mkit: Mkit) -> None:
    argv = ["sh", "-c", 'exec "$@" >&- 2>&-', "sh", *mkit.argv("deliver")]
    assert mkit.program(argv, MAIL).code == 0
    assert mkit.program([*argv, "--foo"], MAIL).code == 75
    full = ["sh", "-c", 'exec "$@" 2>/dev/full', "sh", *mkit.argv("deliver")]
    assert mkit.program(full, b"no mail\n").code == 0
    assert mkit.program([*full, "--foo"], MAIL).code == 75


def half_given(mkit: Mkit) -> subprocess.Popen[bytes]:
    """A delivery that has read some of a mail: a pipe does not hold as much as was written."""
    running = subprocess.Popen(
        mkit.argv("deliver"), env=mkit.env, stdin=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert running.stdin is not None
    running.stdin.write(LARGE)
    running.stdin.flush()
    return running


def test_the_giver_that_is_named_is_gone(mkit: Mkit) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait(timeout=60)
    waits(mkit.end_of("deliver", "--giver", str(ended.pid), stdin=MAIL), "is gone")
    assert held(mkit.home / FOLDER) == []
    assert mkit.end_of("deliver", f"--giver={os.getpid()}", stdin=MAIL).code == 0
    assert held(mkit.home / FOLDER) == [MAIL]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_stopped_while_it_reads(mkit: Mkit, number: signal.Signals) -> None:
    running = half_given(mkit)
    running.send_signal(number)
    said = running.communicate(timeout=60)[1]
    assert running.returncode == 75
    assert number.name in said.decode()
    assert held(mkit.home / FOLDER) == []


def test_killed_while_it_reads(mkit: Mkit) -> None:
    running = half_given(mkit)
    running.kill()
    running.communicate(timeout=60)
    [left] = (mkit.home / FOLDER / "tmp").iterdir()
    assert mkit.end_of("deliver", stdin=MAIL).code == 0
    assert left.exists(), "it may be somebody's who still writes"
    os.utime(left, (0, 0))
    assert mkit.end_of("deliver", stdin=LARGE).code == 0
    assert held(mkit.home / FOLDER) == sorted([MAIL, LARGE])


def test_an_import_meanwhile_takes_nothing_away(mkit: Mkit) -> None:
    running = half_given(mkit)
    mkit.bring(*posting("s", 1))
    running.communicate(timeout=60)
    assert running.returncode == 0
    assert LARGE in held(mkit.home / FOLDER)


def test_half_a_mail_of_a_giver_that_was_killed_is_none(mkit: Mkit) -> None:
    code = (
        "import os, signal, subprocess, sys\n"
        "running = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE)\n"
        "running.stdin.write(sys.stdin.buffer.read())\n"
        "running.stdin.flush()\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    argv = [sys.executable, "-c", code, *mkit.argv("deliver")]
    # Its end is that of the last process which has its standard error.
    done = mkit.program(argv, LARGE)
    assert "it may be half of it" in done.stderr
    assert held(mkit.home / FOLDER) == []


def test_many_at_once_into_a_home_that_is_not_there_yet(mkit: Mkit) -> None:
    there = mkit.having(MKIT_HOME=str(mkit.base / "new" / "home"))
    mails = [mail(f"number {at}", message_id=f"{at}@made.example") for at in range(24)]
    with ThreadPoolExecutor(12) as pool:
        # Each twice, as two lists would bring it, or a server that tries again too early.
        ends = pool.map(lambda raw: there.program(there.argv("deliver"), raw), [*mails, *mails])
        assert {end.code for end in ends} == {0}
    assert held(there.home / FOLDER) == sorted(mails)


def test_a_line_of_the_journal_that_was_cut_off_hides_no_other(mkit: Mkit) -> None:
    mkit.end_of("deliver", stdin=b"no mail\n")
    with (mkit.home / "refused" / "journal.jsonl").open("a", encoding="utf-8") as journal:
        journal.write('[]\n{"time": "2026-')
    mkit.end_of("deliver", stdin=b"nor this\n")
    assert "2 deliveries held no mail" in mkit.end_of("doctor").stdout
