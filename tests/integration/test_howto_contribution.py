# SPDX-License-Identifier: GPL-2.0-or-later
"""docs/howto/first-contribution.md as it is written: the real git send-email, and an SMTP server
whose mail comes into ~/Maildir; also through one that damages it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.mboxes import maildir
from tests.integration.setups import Account, Step, parts_of
from tests.integration.smtp_sink import Sink, smtp_sink
from tests.integration.terminal import on_terminal

BACK = "mkit check --base master ~/Maildir/new/*"


@pytest.fixture
def sink() -> Iterator[Sink]:
    with smtp_sink() as made:
        yield made


@pytest.fixture
def sam(tmp_path: Path, sink: Sink) -> Account:
    """Sam's mail server is on this machine, has no TLS and wants no password."""
    server = {
        "smtpServer": "127.0.0.1",
        "smtpServerPort": str(sink.port),
        "smtpEncryption": "none",
        "smtpAuth": "none",
    }
    set_so = {"GIT_CONFIG_COUNT": str(len(server))}
    for at, (name, value) in enumerate(server.items()):
        set_so |= {f"GIT_CONFIG_KEY_{at}": f"sendemail.{name}", f"GIT_CONFIG_VALUE_{at}": value}
    made = Account(tmp_path / "sam", **set_so)
    if made.mkit.program(["git", "send-email", "--dump-aliases"]).code == 1:
        pytest.skip("git send-email is not installed")
    made.clone_sample()
    maildir(made.home / "Maildir", [])
    return made


def fetch(sam: Account, sink: Sink) -> None:
    """All that was sent comes back, once."""
    for at, raw in enumerate(sink.raw):
        path = sam.home / "Maildir" / "new" / f"{at}.fetched"
        path.write_bytes(raw.replace(b"\r\n", b"\n"))


def steps() -> list[Step]:
    return [part for part in parts_of("first-contribution") if isinstance(part, Step)]


def send_by_hand(sam: Account, command: str) -> None:
    """git shows the mail, and is told to send it."""
    env = {name: value for name, value in sam.mkit.env.items() if value}
    argv = ["sh", "-c", f'cd "{sam.place}" && {command}']
    with on_terminal(argv, env, (140, 60)) as screen:
        screen.until("(to-cmd)")
        screen.until("(cc-cmd)")
        screen.until("Send this email?")
        screen.press("y", "Enter")
        screen.until("Result: 250")


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_page(sam: Account, sink: Sink) -> None:
    for step in steps():
        if step.command == "git send-email master..":
            send_by_hand(sam, step.command)
        else:
            sam.follow(step)
        if "send-email" in step.command and "--dry-run" not in step.command:
            fetch(sam, sink)
    own, posted = sink.mails
    assert own["To"] == "sam.okafor@fernway.example"
    assert own["Cc"] is None
    assert "pebblefs@lists.lumen.example" in posted["To"]
    assert "tomasz.wrona@quarry.example" in posted["Cc"]
    assert own.get_payload() == posted.get_payload()
    assert "E2BIG" in sam.mkit.run("sent").stdout


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (b"\t", b"        ", "mail-whitespace-damage"),
        (b"size > XATTR_MAX", b"size >\nXATTR_MAX", "mail-corrupt-diff"),
    ],
)
def test_damage_on_the_way_is_told(
    sam: Account, sink: Sink, old: bytes, new: bytes, rule: str
) -> None:
    for step in steps():
        if step.command == BACK:
            break
        sam.follow(step)
        if "send-email" in step.command:
            assert old in sink.raw[0]
            sink.raw[0] = sink.raw[0].replace(old, new)
            fetch(sam, sink)
    done = sam.mkit.program(["sh", "-c", f'cd "{sam.place}" && {BACK}'])
    assert done.code == 1
    assert f"[{rule}" in done.stdout
