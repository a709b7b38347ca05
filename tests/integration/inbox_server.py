# SPDX-License-Identifier: GPL-2.0-or-later
"""A real public-inbox on loopback, as lore.kernel.org is one: lists, ``all``, search, threads.

In a test of this folder ask for the fixture ``archives`` (conftest.py): all sample mail, one list a
file of sample_mboxes, made once a session; it must not be changed. A test that changes archives
makes its own, here with two mails in a list of its own name, and one that comes later::

    with serving(Archives(tmp_path).fill({"wick": [first, second]})) as server:
        server.url            # http://127.0.0.1:PORT
        server.of("wick")     # http://127.0.0.1:PORT/wick/, and "all" for everything
        server.add("wick", third)                 # served and found at once
        server.remove("wick", first)              # as `public-inbox-learn rm` does
        server.archives.folder / "wick"           # the v2 inbox on disk, to be cloned

Mails are handed over as git commits of public-inbox-v2-format(5), which takes no process a mail.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.utils import mktime_tz, parsedate_tz
from pathlib import Path

from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.workflow.records import SourceMail
from tests.conftest import require_tool
from tests.integration.driver import SAMPLE

_TOOLS = ("git", "public-inbox-init", "public-inbox-index", "public-inbox-httpd")
_ON_THIRD_HANDLE = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execvp("public-inbox-httpd", ["public-inbox-httpd", "-W0"])
"""


@dataclass(frozen=True)
class Archives:
    """v2 inboxes in a folder, with an external index over all of them."""

    folder: Path
    patience: float = 100
    """Seconds that one program may take; indexing a year of a list takes minutes."""
    has_all: bool = True
    """Whether there is ``all``, which takes as long again."""

    @property
    def env(self) -> dict[str, str]:
        """That of every program of public-inbox here: no user's own inboxes."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "GIT_CONFIG_NOSYSTEM": "1",
            "PI_CONFIG": str(self.folder / "config"),
            "PI_DIR": str(self.folder),
        }

    def fill(self, lists: Mapping[str, Sequence[bytes]]) -> Archives:
        """Make a list of each name, with its mails in order, and ``all`` over them."""
        for tool in _TOOLS:
            require_tool(tool)
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, raws in lists.items():
            place = (name, str(self.folder / name), f"https://archive.example/{name}/")
            form = ("-V2", "-L", "medium", "--skip-docdata")
            self._run("public-inbox-init", *form, *place, f"{name}@lists.example")
            self._commit(name, raws, "m")
        if self.has_all:
            with (self.folder / "config").open("a", encoding="utf-8") as config:
                config.write(f'[extindex "all"]\n\ttopdir = {self.folder / "all"}\n')
        self._index(*lists)
        return self

    def add(self, name: str, *raws: bytes) -> None:
        """More mails come to a list."""
        self._commit(name, raws, "m")
        self._index(name)

    def remove(self, name: str, *raws: bytes) -> None:
        """Mails are taken out of a list: their text stays in its history."""
        self._commit(name, raws, "d")
        self._index(name)

    def _commit(self, name: str, raws: Sequence[bytes], file: str) -> None:
        epoch = self.folder / name / "git" / "0.git"
        known = self._run("git", "-C", str(epoch), "for-each-ref", "refs/heads/master")
        start = b"from refs/heads/master^0\n" if known else b""
        commits = b"".join(
            _commit_of(raw, file, b"" if at else start) for at, raw in enumerate(raws)
        )
        self._run("git", "-C", str(epoch), "fast-import", "--quiet", stdin=commits)

    def _index(self, *names: str) -> None:
        folders = [str(self.folder / name) for name in names]
        self._run("public-inbox-index", "-L", "medium", "--jobs=0", "--no-fsync", *folders)
        if self.has_all:
            form = ("-L", "medium", "--jobs=0", "--no-fsync", "--all")
            self._run("public-inbox-extindex", *form, str(self.folder / "all"))

    def _run(self, *argv: str, stdin: bytes = b"") -> bytes:
        done = subprocess.run(
            argv, env=self.env, input=stdin, capture_output=True, timeout=self.patience, check=False
        )
        assert done.returncode == 0, f"{argv}: {done.stderr.decode('utf-8', 'replace')}"
        return done.stdout


def _commit_of(raw: bytes, file: str, start: bytes) -> bytes:
    """One commit of git-fast-import(1): a mail that came or went, at the time of its ``Date``."""
    date = parsedate_tz(str(message_from_bytes(raw)["Date"]))
    time = max(0, mktime_tz(date)) if date else 0
    who = b"A <a@lists.example> %d +0000\n" % time
    return (
        b"commit refs/heads/master\nauthor %scommitter %sdata 1\nx\n%s" % (who, who, start)
        + b"M 100644 inline %s\ndata %d\n" % (file.encode(), len(raw))
        + raw
        + b"\n"
    )


class InboxServer:
    """public-inbox-httpd on a free port; what asks early waits for the answer."""

    def __init__(self, archives: Archives) -> None:
        self.archives = archives
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._socket.setblocking(False)  # public-inbox-daemon(8) wants it so
        self.port = int(self._socket.getsockname()[1])
        self._program = self._start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def of(self, name: str) -> str:
        """The address of one list's archive."""
        return f"{self.url}/{name}/"

    def add(self, name: str, *raws: bytes) -> None:
        """More mails come to a list."""
        self.archives.add(name, *raws)
        self._restart()

    def remove(self, name: str, *raws: bytes) -> None:
        """Mails are taken out of a list."""
        self.archives.remove(name, *raws)
        self._restart()

    def close(self) -> None:
        self._stop()
        self._socket.close()

    def _restart(self) -> None:
        """A server searches in what it opened first, for some minutes."""
        self._stop()
        self._program = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        handle = self._socket.fileno()
        with (self.archives.folder / "httpd.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-c", _ON_THIRD_HANDLE, str(handle)],
                env=self.archives.env,
                pass_fds=(handle,),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _stop(self) -> None:
        self._program.terminate()
        try:
            self._program.wait(20)
        except subprocess.TimeoutExpired:
            self._program.kill()
            self._program.wait(20)


@contextmanager
def serving(archives: Archives) -> Iterator[InboxServer]:
    """Serve archives until the end of the block."""
    with closing(InboxServer(archives)) as server:
        yield server


def sample_lists() -> dict[str, list[bytes]]:
    """The mails of sample_mboxes, by the list that they were sent to."""
    return {
        path.stem: [one.raw for one in MailSource([path]) if isinstance(one, SourceMail)]
        for path in sorted(SAMPLE.glob("*.mbox"))
    }
