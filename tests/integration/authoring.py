# SPDX-License-Identifier: GPL-2.0-or-later
"""Ada's home and repository: she posts branches, and mail goes to an SMTP server of the test."""

from __future__ import annotations

from email.message import Message
from email.utils import getaddresses
from pathlib import Path

import pytest

from tests.build import LIST
from tests.integration.driver import Done, Json, Mkit
from tests.integration.repositories import Work
from tests.integration.smtp_sink import Sink

ADDRESS = "ada@quarry.example"
ME = f"Ada Author <{ADDRESS}>"
ROBIN = "robin@lumen.example"
SIGNED = f"Signed-off-by: {ME}"
MAINTAINERS = f"""List of maintainers

PEBBLE FILE SYSTEM
M:\tRobin Maintainer <{ROBIN}>
R:\tTomasz Wrona <tomasz@quarry.example>
L:\t{LIST}
S:\tMaintained
F:\tfs/pebble/
"""
CODE = "".join(f"int line_{number};\n" for number in range(60))
DAY = "2026-03-01T12:00:00Z"


class Author:
    """Ada, who works in a clone of the project."""

    def __init__(self, mkit: Mkit, sink: Sink, more: str = "") -> None:
        if mkit.program(["git", "send-email", "--dump-aliases"]).code == 1:
            pytest.skip("git send-email is not installed")
        self.sink = sink
        self.mkit = mkit.having(MKIT_NOW=DAY).configure(
            f"[mkit]\n\tme = {ADDRESS}\n[user]\n\tname = Ada Author\n\temail = {ADDRESS}\n"
            "[sendemail]\n\tsmtpServer = 127.0.0.1\n\tsmtpEncryption = none\n"
            f"\tsmtpServerPort = {sink.port}\n\tsmtpDomain = quarry.example\n{more}"
        )
        upstream = Work(mkit.base / "upstream")
        upstream.commit("Lumen 6.0", MAINTAINERS=MAINTAINERS, README="Lumen\n")
        upstream.write("fs/pebble/super.c", CODE)
        upstream.write("fs/pebble/dir.c", CODE)
        upstream.commit("pebble: begin")
        self.work = Work(mkit.base / "work")
        self.work.git("remote", "add", "origin", str(upstream.path))
        self.work.git("fetch", "--quiet", "origin")
        self.work.git("reset", "--quiet", "--hard", "origin/master")
        self.work.git("branch", "--quiet", "--set-upstream-to=origin/master", "master")

    @property
    def path(self) -> Path:
        return self.work.path

    def branch(self, name: str, base: str = "origin/master") -> None:
        self.work.git("checkout", "--quiet", "-B", name, "--no-track", base)

    def commit(self, title: str, number: int, name: str = "super", text: str = "") -> str:
        """A commit that changes one line of a file."""
        path = self.path / "fs" / "pebble" / f"{name}.c"
        lines = path.read_text().splitlines(keepends=True)
        lines[number] = f"int {title.split()[-1]}_{number}{text and '_again'};\n"
        path.write_text("".join(lines))
        why = f"Because line {number} was wrong, and users saw it.{text}"
        return self.work.commit(f"pebble: {title}\n\n{why}\n\n{SIGNED}\n")

    def describe(self, name: str, text: str) -> None:
        self.work.git("config", f"branch.{name}.description", text)

    def at(self, day: str) -> Author:
        """The same at another time."""
        self.mkit = self.mkit.having(MKIT_NOW=day)
        return self

    def send(self, *args: str | Path, code: int = 0, timeout: float = 100) -> Done:
        return self.mkit.run("send", "--repo", self.path, *args, code=code, timeout=timeout)

    def told(self, *args: str, code: int = 0) -> Json:
        return self.mkit.json("send", "--repo", self.path, *args, code=code)

    def applied(self, mails: list[bytes], base: str = "origin/master") -> str:
        """The tree that ``git am`` makes of mails that came through the wire."""
        back = self.mkit.base / "back"
        self.work.git("worktree", "add", "--quiet", "--detach", str(back), base)
        box = self.mkit.base / "back.mbox"
        box.write_bytes(mbox(mails))
        there = Work(back)
        there.git("am", "--quiet", str(box))
        tree = there.git("rev-parse", "HEAD^{tree}")
        self.work.git("worktree", "remove", "--force", str(back))
        return tree

    def tree(self, name: str) -> str:
        return self.work.git("rev-parse", f"{name}^{{tree}}")


def mbox(mails: list[bytes]) -> bytes:
    return b"".join(b"From ada Mon Jan  5 00:00:00 2026\n" + plain(raw) + b"\n" for raw in mails)


def plain(raw: bytes) -> bytes:
    """A mail as it came over the wire, with the line ends of a file."""
    return raw.replace(b"\r\n", b"\n")


def people(found: Message, name: str) -> list[str]:
    """Addresses of a header."""
    return [address for _, address in getaddresses([str(found[name] or "")])]
