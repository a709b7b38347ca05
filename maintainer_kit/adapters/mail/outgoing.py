# SPDX-License-Identifier: GPL-2.0-or-later
"""Mail goes out by ``git send-email``, as the user has configured it (git-send-email(1)).

Recipients are those of the mail and nobody else: what the configuration adds was never shown. A
blind copy to oneself (``sendemail.bcc``) stays.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from maintainer_kit.adapters.process import ProgramFailed, Result, run
from maintainer_kit.model.mail.person import NOBODY, Person, parse_person
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.workflow.replying.ports import MaybeSent, NotSent, Posting

_TIMEOUT = 600.0
_FIXED = (
    "--quiet",
    "--confirm=never",
    "--no-annotate",
    "--no-validate",
    "--no-chain-reply-to",
    "--suppress-cc=all",
    "--no-signed-off-by-cc",
    # There is no way to turn off a command of the configuration, but one that says nothing.
    "--to-cmd=true",
)
_INSTALL = "apt install git-email"
_INSTALL_PERL = "apt install libmailtools-perl"
"""Debian's git-email only recommends it."""
_SETUP = "git send-email's settings: git config --get-regexp sendemail"


class GitSendEmail:
    """Implements the port ``Outbox``."""

    sends = True
    words = "sent"

    def __init__(self, settings: Path | None, *, is_asking: bool) -> None:
        """``settings`` is a file of git's syntax that counts above the user's own. ``is_asking``:
        git may ask for a password on the terminal."""
        self._more = [f"include.path={settings}"] if settings and settings.exists() else []
        self._env = {} if is_asking else {"GIT_TERMINAL_PROMPT": "0"}
        for name in ("GIT_ASKPASS", "GIT_TERMINAL_PROMPT") if is_asking else ():
            if name in os.environ:
                self._env[name] = os.environ[name]

    def sender(self) -> Person:
        """``sendemail.from``, of the chosen identity first; nobody without it."""
        argv = self._git("config", "--null", "--get-regexp", r"^sendemail\.(.*\.)?(from|identity)$")
        try:
            output = run(argv, timeout=30).stdout
        except ProgramFailed:
            return NOBODY
        pairs = (one.partition("\n") for one in output.decode("utf-8", "replace").split("\0"))
        found = {name: value for name, _, value in pairs}
        identity = found.get("sendemail.identity", "")
        value = found.get(f"sendemail.{identity}.from") or found.get("sendemail.from", "")
        return parse_person(value)

    def holds(self, message_id: str) -> bool:
        return False

    def post(self, posting: Posting) -> None:
        with tempfile.TemporaryDirectory(prefix="mkit-reply-") as folder:
            path = Path(folder) / "reply.eml"
            path.write_bytes(posting.raw)
            _judge(self._send(posting, path))

    def _send(self, posting: Posting, path: Path) -> Result:
        argv = self._git("-c", "sendemail.headerCmd=true", "send-email", *_FIXED)
        argv += [f"--from={posting.sender}", *_recipients(posting), str(path)]
        try:
            return run(argv, env=self._env, timeout=_TIMEOUT)
        except ProgramFailed as error:
            if isinstance(error.__cause__, subprocess.TimeoutExpired):
                raise MaybeSent(error.message, "mkit reply --send") from error
            raise NotSent(error.message, "install git") from error

    def _git(self, *words: str) -> list[str]:
        settings = [word for one in self._more for word in ("-c", one)]
        return ["git", *settings, *words]


def _recipients(posting: Posting) -> Iterator[str]:
    yield from (f"--to={one}" for one in posting.to)
    yield from (f"--cc={one}" for one in posting.cc)


def _judge(result: Result) -> None:
    """Raise unless it went out: one mail a run, so that a failure is this mail's."""
    if not result.code:
        return
    words = visible_line(_reason(result.stderr))[:300]
    # git itself goes on when the program dies that it runs for this.
    if result.code < 0 or "died of signal" in result.stderr:
        raise MaybeSent(f"git send-email was killed: {words}", "mkit reply --send")
    if "is not a git command" in result.stderr:
        raise NotSent("git send-email is not installed", _INSTALL)
    if "Git/LoadCPAN/Mail/Address.pm" in result.stderr:
        raise NotSent(
            "git send-email needs Mail::Address for Perl, which is not installed", _INSTALL_PERL
        )
    raise NotSent(f"git send-email: {words}", _SETUP)


def _reason(stderr: str) -> str:
    """What it died of; Perl's hints on what to configure, and its line numbers, help nobody."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    told = [line for line in lines if not line.startswith(("*", "#", "warning:", "hint:"))]
    found = (told or lines or ["failed without a word"])[-1]
    return found.partition(" at /")[0]
