# SPDX-License-Identifier: GPL-2.0-or-later
"""A real Dovecot on loopback, without its login service: each connection is one user's already.

Dovecot reads nobody's mail as root: tests that run as root give it another user's rights.
"""

from __future__ import annotations

import imaplib
import os
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

_IMAP = ("/usr/lib/dovecot/imap", "/usr/libexec/dovecot/imap")
_NOBODY = 65534
_CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
ssl = no
mail_location = maildir:{folder}/mail
mail_uid = {user}
mail_gid = {group}
first_valid_uid = {user}
first_valid_gid = {group}
namespace inbox {{
  inbox = yes
  separator = /
}}
"""


def find_dovecot() -> str:
    """Its IMAP program; without it the test is skipped, and fails where CI=true."""
    found = next((path for path in _IMAP if os.access(path, os.X_OK)), "")
    if not found and os.environ.get("CI") == "true":
        pytest.fail("dovecot-imapd is not installed, and CI must run every test")
    if not found:
        pytest.skip("dovecot-imapd is not installed")
    return found


class Dovecot:
    """The server of one mailbox; ``port`` is on 127.0.0.1."""

    def __init__(self, folder: Path, listening: socket.socket) -> None:
        self.port: int = listening.getsockname()[1]
        self._listening = listening
        self._folder = folder
        self._programs: list[subprocess.Popen[bytes]] = []
        is_root = os.geteuid() == 0
        self._user = _NOBODY if is_root else os.geteuid()
        self._group = _NOBODY if is_root else os.getegid()
        for name in ("run", "state", "mail"):
            (folder / name).mkdir()
        for path in (folder, *folder.iterdir()):
            if is_root:
                os.chown(path, self._user, self._group)
        text = _CONFIG.format(folder=folder, user=self._user, group=self._group)
        (folder / "dovecot.conf").write_text(text, encoding="utf-8")
        (folder / "dovecot.conf").chmod(0o644)

    def serve(self, program: str) -> None:
        """Until the socket is closed."""
        rights = {"user": self._user, "group": self._group} if os.geteuid() == 0 else {}
        while True:
            try:
                talk, _ = self._listening.accept()
            except OSError:
                return
            with talk:
                started = subprocess.Popen(
                    [program, "-c", str(self._folder / "dovecot.conf")],
                    env={"HOME": str(self._folder), "USER": "robin", "PATH": os.environ["PATH"]},
                    cwd=self._folder,
                    stdin=talk.fileno(),
                    stdout=talk.fileno(),
                    stderr=subprocess.DEVNULL,
                    **rights,  # type: ignore[call-overload]
                )
                self._programs.append(started)

    def end(self) -> None:
        for program in self._programs:
            program.kill()
            program.wait(20)

    @contextmanager
    def client(self) -> Iterator[imaplib.IMAP4]:
        """A connection of another client."""
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=60) as client:
            yield client


@contextmanager
def serving_imap() -> Iterator[Dovecot]:
    """Start it with an empty mailbox, which is gone at the end."""
    program = find_dovecot()
    # Not below pytest's own folder, which nobody else may enter.
    folder = Path(tempfile.mkdtemp(prefix="mkit-dovecot-"))
    try:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            server = Dovecot(folder, listening)
            thread = threading.Thread(target=server.serve, args=(program,), daemon=True)
            thread.start()
            try:
                yield server
            finally:
                with suppress(OSError):
                    listening.shutdown(socket.SHUT_RDWR)  # wakes who waits for a connection
                thread.join(20)
                server.end()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
