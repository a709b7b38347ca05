# SPDX-License-Identifier: GPL-2.0-or-later
"""Run the real ``mkit``, and the real notmuch beside it, in a throwaway home."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

from tests.integration import prefork

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample_mboxes"
NOW = (SAMPLE / "clock.txt").read_text(encoding="utf-8").strip()
CONFIG = (
    "[mkit]\n"
    "\tme = robin@lumen.example\n"
    "\tlist = pebblefs@lists.lumen.example\n"
    "\tlist = wick@lists.lumen.example\n"
)
Json = dict[str, Any]
_NUMBER = count()


@dataclass(frozen=True)
class Done:
    """How a program ended."""

    code: int
    stdout: str
    stderr: str

    @classmethod
    def of(cls, code: int, stdout: bytes, stderr: bytes) -> Done:
        return cls(code, *(stream.decode("utf-8", "replace") for stream in (stdout, stderr)))

    @property
    def json(self) -> Json:
        found = json.loads(self.stdout)
        assert isinstance(found, dict)
        return found


@dataclass(frozen=True)
class Mkit:
    """One identity below a directory of its own, and the programs run as it.

    The environment is built from nothing, so that no setting of the tests' user counts.
    """

    base: Path
    extra: Mapping[str, str] = field(default_factory=dict)
    wrap: Sequence[str] = ()
    """A program, with arguments, that runs mkit under special conditions."""
    quick: bool = True
    """Whether verbs run in forks of a process that has imported all; see prefork.py."""

    @property
    def home(self) -> Path:
        """Where everything of a private home is."""
        return Path(self.extra.get("MKIT_HOME") or self.base / "mkit")

    @cached_property
    def env(self) -> dict[str, str]:
        user = self.base / "user"
        user.mkdir(parents=True, exist_ok=True)
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(user),
            "TMPDIR": str(user),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "GIT_CONFIG_NOSYSTEM": "1",
            "MKIT_HOME": str(self.home),
            "MKIT_NOW": NOW,
            **self.extra,
        }

    def having(self, **extra: str) -> Mkit:
        """The same with other variables; an empty value takes one away."""
        return replace(self, extra={**self.extra, **extra})

    def wrapped(self, *wrap: str) -> Mkit:
        return replace(self, wrap=wrap)

    def argv(self, *args: str | Path) -> list[str]:
        program = [sys.executable, "-m", "maintainer_kit"]
        return [*self.wrap, *program, *(str(one) for one in args)]

    def start(self, *args: str | Path, **streams: Any) -> subprocess.Popen[str]:
        """Start a verb and go on; its own process group, so that all of it can be killed."""
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
        return subprocess.Popen(
            self.argv(*args), env=self._set(), text=True, start_new_session=True, **pipes
        )

    def _set(self) -> dict[str, str]:
        return {name: value for name, value in self.env.items() if value}

    def run(self, *args: str | Path, code: int = 0, stdin: str = "", timeout: float = 100) -> Done:
        """Run a verb to its end, and insist on its exit code."""
        done = self.end_of(*args, stdin=stdin.encode(), timeout=timeout)
        assert done.code == code, f"{args}: exit {done.code}\n{done.stdout}\n{done.stderr}"
        return done

    def end_of(self, *args: str | Path, stdin: bytes = b"", timeout: float = 100) -> Done:
        """Run a verb to its end, whatever that is."""
        if not self.quick or self.wrap:
            return self.program(self.argv(*args), stdin, timeout)
        words = [str(one) for one in args]
        return Done.of(*prefork.server().run(words, self._set(), stdin, timeout))

    def json(self, *args: str | Path, code: int = 0, stdin: str = "") -> Json:
        """What a verb prints with ``--json``."""
        return self.run(*args, "--json", code=code, stdin=stdin).json

    def program(self, argv: Sequence[str], stdin: bytes = b"", timeout: float = 100) -> Done:
        """Run any program in this environment."""
        done = subprocess.run(
            argv, env=self._set(), input=stdin, capture_output=True, timeout=timeout, check=False
        )
        return Done.of(done.returncode, done.stdout, done.stderr)

    def configure(self, text: str = CONFIG) -> Mkit:
        """Write the settings of a private home."""
        self.home.mkdir(parents=True, exist_ok=True)
        (self.home / "config").write_text(text, encoding="utf-8")
        return self

    def bring(self, *raws: bytes) -> Json:
        """Import mails; each is written to a file of its own."""
        folder = self.base / f"brought-{next(_NUMBER)}"
        folder.mkdir()
        for at, raw in enumerate(raws):
            (folder / f"{at:05}.eml").write_bytes(raw)
        return self.json("import", folder)

    def deliver(self, *raws: bytes, folder: str = "inbox") -> list[Path]:
        """Put mails into the Maildir as a delivery agent does, behind mkit's back."""
        place = self.home / "mail" / folder
        for part in ("cur", "new", "tmp"):
            (place / part).mkdir(parents=True, exist_ok=True)
        found = []
        for raw in raws:
            path = place / "new" / f"{next(_NUMBER)}.delivered"
            path.write_bytes(raw)
            found.append(path)
        return found

    def export(self) -> list[str]:
        """All topics, one line of JSON each."""
        return self.run("export").stdout.splitlines()

    def topics(self) -> list[Json]:
        """All topics in full."""
        return [json.loads(line) for line in self.export()]

    def topic(self, target: str) -> Json:
        """One topic in full."""
        found = self.json("show", target)["topic"]
        assert isinstance(found, dict)
        return found

    def notmuch(self, *args: str, code: int = 0) -> str:
        """Run notmuch on the home's own database, or on the user's where one is named."""
        own = self.home / "notmuch-config"
        config = [f"--config={own}"] if own.exists() and "NOTMUCH_CONFIG" not in self.env else []
        done = self.program(["notmuch", *config, *args])
        assert done.code == code, f"notmuch {args}: exit {done.code}\n{done.stderr}"
        return done.stdout

    def indexed(self, query: str = "*") -> set[str]:
        """Message-IDs that notmuch finds."""
        lines = self.notmuch("search", "--output=messages", "--exclude=false", query).splitlines()
        return {line.removeprefix("id:") for line in lines}

    def tags(self, message_id: str) -> set[str]:
        """A message's tags, as any notmuch client sees them."""
        query = 'id:"{}"'.format(message_id.replace('"', '""'))
        return set(
            self.notmuch("search", "--output=tags", "--exclude=false", query).split("\n")
        ) - {""}


def message_ids(topic: Json) -> set[str]:
    """The Message-IDs of all mails of a topic."""
    mails = list(topic.get("thread", ()))
    for revision in topic["revisions"]:
        mails += [one for one in (revision["cover"], *revision["patches"]) if one]
        mails += revision["follow_ups"]
    return {one["message_id"] for one in mails}


def states(topic: Json) -> dict[str, str]:
    """The state of each patch of a topic, by Message-ID."""
    patches = (one for revision in topic["revisions"] for one in revision["patches"] if one)
    return {one["message_id"]: one["state"] for one in patches}
