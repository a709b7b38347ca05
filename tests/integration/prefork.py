# SPDX-License-Identifier: GPL-2.0-or-later
"""Run many mkit processes without importing the same modules each time.

A server has imported all of mkit and forks a process for each command line: its own environment,
streams, locks and end, and a quarter of the time. ``tests/cli`` runs the real entry point.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_LONGEST = 1 << 18


class Server:
    """The client's side: one command line at a time."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        argv = [sys.executable, "-m", "tests.integration.prefork", str(theirs.fileno())]
        env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(argv, env=env, pass_fds=[theirs.fileno()])
        theirs.close()
        self._channel = ours
        atexit.register(self.close)

    def run(
        self, args: Sequence[str], env: Mapping[str, str], stdin: bytes, timeout: float
    ) -> tuple[int, bytes, bytes]:
        """Exit code, standard output and standard error of ``mkit ARGS``."""
        with (
            tempfile.TemporaryFile() as given,
            tempfile.TemporaryFile() as out,
            tempfile.TemporaryFile() as err,
        ):
            given.write(stdin)
            given.seek(0)
            request = json.dumps([list(args), dict(env)]).encode()
            handles = [one.fileno() for one in (given, out, err)]
            socket.send_fds(self._channel, [request], handles)
            code = self._wait(timeout)
            out.seek(0)
            err.seek(0)
            return code, out.read(), err.read()

    def _wait(self, timeout: float) -> int:
        process = int(self._channel.recv(100))
        self._channel.settimeout(timeout)
        try:
            return int(self._channel.recv(100))
        except BaseException:
            os.kill(process, signal.SIGKILL)
            self._channel.settimeout(None)
            self._channel.recv(100)
            raise
        finally:
            self._channel.settimeout(None)

    def close(self) -> None:
        self._channel.close()
        self._process.wait(timeout=30)


@cache
def server() -> Server:
    """The one of this process, started when it is first asked for."""
    return Server()


def _serve(channel: socket.socket) -> None:
    _preload()
    while True:
        request, handles, _, _ = socket.recv_fds(channel, _LONGEST, 3)
        if not request:
            return
        process = os.fork()
        if process == 0:
            channel.close()
            args, env = json.loads(request)
            _become(args, env, handles)
        channel.send(str(process).encode())
        for handle in handles:
            os.close(handle)
        _, status = os.waitpid(process, 0)
        channel.send(str(os.waitstatus_to_exitcode(status)).encode())


def _preload() -> None:
    for folder in ("cli", "workflow", "adapters", "model", "render"):
        for path in sorted((ROOT / "maintainer_kit" / folder).glob("*.py")):
            if path.stem != "screen":
                import_module(f"maintainer_kit.{folder}.{path.stem}")


def _become(args: list[str], env: dict[str, str], handles: list[int]) -> None:
    """Be that process, to its end."""
    code = 99
    try:
        for number, handle in enumerate(handles):
            os.dup2(handle, number)
        # What an import of ours puts there at a real start.
        kept = {name: value for name, value in os.environ.items() if name.startswith("XAPIAN_")}
        os.environ.clear()
        os.environ.update(kept | env)
        sys.argv = ["mkit", *args]
        code = import_module("maintainer_kit.cli.main").run(args)
        sys.stdout.flush()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as given_channel:
        _serve(given_channel)
