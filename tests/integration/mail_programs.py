# SPDX-License-Identifier: GPL-2.0-or-later
"""The real procmail, maildrop and Dovecot, with what ``mkit hooks mail`` prints for them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.integration.driver import ROOT, Done, Mkit

NOBODY = 65534
_LDA = ("/usr/lib/dovecot/dovecot-lda", "/usr/libexec/dovecot/dovecot-lda")
BARE = {"PATH": "/usr/local/bin:/usr/bin:/bin"}
"""What a mail server leaves of an environment."""


def put_program(place: Path, python: str = sys.executable) -> Path:
    """An ``mkit`` that needs nothing of its environment."""
    place.mkdir(parents=True, exist_ok=True)
    program = place / "mkit"
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{python}" -m maintainer_kit "$@"\n', encoding="utf-8"
    )
    program.chmod(0o755)
    return program


@dataclass(frozen=True)
class Mailbox:
    """Robin's account on a mail server."""

    mkit: Mkit

    @property
    def inbox(self) -> Path:
        """An mbox: what was delivered to Robin in person."""
        return self.mkit.base / "inbox"

    @property
    def log(self) -> Path:
        return self.mkit.base / "log"

    def hook(self, program: str, **extra: str) -> str:
        """What mkit prints for a program."""
        made = put_program(self.mkit.base / "pro grams")
        path = f"{made.parent}:{self.mkit.env['PATH']}"
        # As a program of its own: its own sys.argv, and PATH as it is.
        there = self.mkit.having(PATH=path, **extra)
        return there.run("hooks", "mail", program).stdout

    def procmail(self, raw: bytes, rules: str | None = None, *wrap: str) -> Done:
        text = f"DEFAULT={self.inbox}\nLOGFILE={self.log}\n{rules or self.hook('procmail')}"
        return self._run([*wrap, "procmail", "-m", str(self._rules(text))], raw)

    def maildrop(self, raw: bytes, rules: str | None = None, *wrap: str) -> Done:
        text = f'DEFAULT="{self.inbox}"\nlogfile "{self.log}"\n{rules or self.hook("maildrop")}'
        return self._run([*wrap, "maildrop", str(self._rules(text))], raw)

    def _rules(self, text: str) -> Path:
        path = self.mkit.base / "rules"
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        return path

    def _run(self, argv: Sequence[str], raw: bytes) -> Done:
        env = {**BARE, "HOME": self.mkit.env["HOME"]}
        done = subprocess.run(
            argv, env=env, input=raw, capture_output=True, timeout=100, check=False
        )
        return Done.of(done.returncode, done.stdout, done.stderr)

    def held(self) -> list[bytes]:
        """The mails in the Maildir of imports, new ones first, sorted."""
        return held(self.mkit.home / "mail" / "mkit")


def held(folder: Path) -> list[bytes]:
    """The mails of a Maildir; nothing may be left in its tmp/."""
    assert not list(folder.glob("tmp/*"))
    return sorted(path.read_bytes() for part in ("new", "cur") for path in folder.glob(f"{part}/*"))


@contextmanager
def dovecot(mkit: Mkit) -> Iterator[Dovecot]:
    """An account of Dovecot's, which takes no mail for root: then it is nobody's."""
    lda = next((one for one in _LDA if os.access(one, os.X_OK)), None)
    if lda is None and os.environ.get("CI") == "true":
        pytest.fail("dovecot-lda is not installed, and CI must run every test")
    if lda is None:
        pytest.skip("dovecot-lda is not installed")
    with TemporaryDirectory(prefix="mkit-dovecot-") as name:
        yield Dovecot(Path(name), mkit, lda)


class Dovecot:
    """A home with a sieve script, and dovecot-lda, which delivers to it."""

    def __init__(self, base: Path, mkit: Mkit, lda: str) -> None:
        self.base, self._lda = base, lda
        self._wrap = _as_nobody() if os.geteuid() == 0 else []
        python = next((one for one in (sys.executable, "/usr/bin/python3") if self._may(one)), None)
        if python is None:
            pytest.skip("no interpreter that nobody may run")
        program = put_program(base, python)
        pipes = base / "pipes"
        pipes.mkdir()
        there = mkit.having(PATH=f"{base}:{mkit.env['PATH']}", MKIT_HOME=str(base / "mkit-home"))
        (base / ".dovecot.sieve").write_text(there.run("hooks", "mail", "sieve").stdout)
        text = there.run("hooks", "mail", "sieve-program").stdout
        assert str(program) in text
        self.pipe = pipes / "mkit-deliver"
        self.pipe.write_text(text)
        self.pipe.chmod(0o755)
        (base / "dovecot.conf").write_text(self._settings())
        if self._wrap:
            for path in (base, *base.rglob("*")):
                os.chown(path, NOBODY, NOBODY)

    def _may(self, python: str) -> bool:
        code = "import sys; sys.exit(sys.version_info < (3, 11))"
        # As the program does: what setpriv itself starts may be read with rights of root's.
        argv = [*self._wrap, "env", python, "-c", f"{code}\nimport maintainer_kit"]
        env = {**BARE, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(argv, env=env, capture_output=True, timeout=60, check=False)
        return done.returncode == 0 and shutil.which(python) is not None

    def _settings(self) -> str:
        return (
            f"base_dir = {self.base}/run\nstate_dir = {self.base}/state\n"
            f"log_path = {self.base}/log\nmail_location = maildir:{self.base}/Maildir\n"
            "postmaster_address = postmaster@lumen.example\n"
            "first_valid_uid = 1\nprotocol lda {\n  mail_plugins = sieve\n}\n"
            f"plugin {{\n  sieve = {self.base}/.dovecot.sieve\n"
            "  sieve_plugins = sieve_extprograms\n  sieve_extensions = +vnd.dovecot.pipe\n"
            f"  sieve_pipe_bin_dir = {self.base}/pipes\n}}\n"
        )

    def deliver(self, raw: bytes) -> Done:
        argv = [*self._wrap, self._lda, "-c", f"{self.base}/dovecot.conf", "-f", "bo@shale.example"]
        env = {**BARE, "HOME": str(self.base), "USER": "nobody", "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            argv, env=env, cwd=self.base, input=raw, capture_output=True, timeout=100, check=False
        )
        return Done.of(done.returncode, done.stdout, done.stderr)

    def log(self) -> str:
        """What Dovecot says."""
        log = self.base / "log"
        return log.read_text() if log.exists() else ""


def _as_nobody() -> list[str]:
    wrap = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--"]
    if not shutil.which("setpriv") or subprocess.run([*wrap, "true"], check=False).returncode:
        pytest.skip("cannot become nobody here")
    return wrap
