# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit serve --lore`` of a home, and programs that ask it."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

from maintainer_kit.adapters.mail.mbox import split_mbox
from tests.conftest import require_tool
from tests.integration.driver import Mkit

_TIMEOUT = 60


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def mails(self) -> list[bytes]:
        """Of a gzipped mbox."""
        return [piece.raw for piece in split_mbox(gzip.decompress(self.body))]

    @property
    def ids(self) -> list[str]:
        """Message-IDs of a gzipped mbox, in order."""
        found = (re.search(rb"(?im)^Message-ID:\s*<([^>]*)>", raw) for raw in self.mails)
        return [match[1].decode() for match in found if match]


@dataclass(frozen=True)
class LoreServer:
    """A server that runs."""

    url: str
    told: str
    """What it printed."""
    program: subprocess.Popen[str]

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path as it stands, whatever it holds."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_TIMEOUT)
        try:
            connection.putrequest(method, path, skip_host="Host" in headers)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            if method == "POST":
                connection.putheader("Content-Length", "0")
            connection.endheaders()
            reply = connection.getresponse()
            return Answer(reply.status, dict(reply.getheaders()), reply.read())
        finally:
            connection.close()

    def search(self, query: str, place: str = "all/", more: str = "") -> Answer:
        return self.get(f"/{place}?x=m{more}&q={quote(query)}", "POST")


@contextmanager
def serving_lore(mkit: Mkit, *options: str) -> Iterator[LoreServer]:
    """Serve a home on a free port until the end of the block."""
    program = mkit.start("serve", "--lore", "--port", "0", *options)
    assert program.stdout is not None
    try:
        told = "".join(program.stdout.readline() for _ in range(3))
        match = re.match(r"(http://\S+:\d+)/all/ is served", told)
        if match is None:
            program.kill()
            raise AssertionError(f"{told}\n{program.communicate()[1]}")
        yield LoreServer(match[1], told, program)
    finally:
        program.terminate()
        try:
            program.communicate(timeout=_TIMEOUT)
        finally:
            program.kill()


def b4_program() -> str:
    """b4 beside our Python or in the PATH; without it the test is skipped, and fails in CI."""
    return require_tool("b4")


@dataclass(frozen=True)
class B4:
    """b4 with a home of its own, pointed at one archive."""

    base: Path
    url: str

    def run(self, *args: str, cwd: Path | None = None) -> str:
        """Run a verb to its end; what it said."""
        self.base.mkdir(parents=True, exist_ok=True)
        env = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.base),
            "LANG": "C.UTF-8",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CEILING_DIRECTORIES": str(self.base.parent),
            "GIT_AUTHOR_DATE": "2026-01-05T09:00:00Z",
            "GIT_COMMITTER_DATE": "2026-01-05T09:00:00Z",
        }
        config = ("-c", f"b4.midmask={self.url}/all/%s", "-c", "b4.attestation-policy=off")
        done = subprocess.run(
            [b4_program(), *config, *args],
            cwd=cwd or self.base,
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_TIMEOUT,
            check=False,
        )
        assert done.returncode == 0, f"b4 {args}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    def files(self, *args: str) -> dict[str, bytes]:
        """What a verb writes with ``-o``, by name."""
        out = self.base / "out"
        out.mkdir(parents=True)
        self.run(*args, "-o", str(out))
        return {path.name: path.read_bytes() for path in sorted(out.glob("*")) if path.is_file()}
