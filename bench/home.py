# SPDX-License-Identifier: GPL-2.0-or-later
"""A home of mkit's own and mkit in it, with nothing of the settings of whoever measures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.whole_process import Cost, run

ROOT = Path(__file__).resolve().parents[1]
MKIT = [sys.executable, "-m", "maintainer_kit"]
_KEPT = ("PATH", "LD_LIBRARY_PATH", "TMPDIR")
_TIMEOUT = 3600


def bare_environment(user: Path) -> dict[str, str]:
    """Of somebody with a home directory and no settings; for programs other than mkit."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "HOME": str(user), "LANG": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1"}


def environment(home: Path, user: Path | None = None) -> dict[str, str]:
    """Of mkit as it lies here, with its home in ``home``; below ``user``, or else in the same
    folder, are the settings of other programs."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    mine = {"MKIT_HOME": str(home), "PYTHONPATH": os.pathsep.join(paths)}
    return {**bare_environment(user or home), **mine}


def for_terminal(env: dict[str, str]) -> dict[str, str]:
    """The same on a terminal, of somebody who needs not be shown around."""
    Path(env["MKIT_HOME"]).mkdir(parents=True, exist_ok=True)
    Path(env["MKIT_HOME"], "toured").touch()
    return {**env, "TERM": "xterm-256color"}


class Home:
    """A home of mkit's own, and a way to run it."""

    def __init__(self, root: Path, user: Path | None = None) -> None:
        self.root = root
        self.env = environment(root, user)

    def configure(self, config: str) -> None:
        """Make it, with these settings."""
        self.root.mkdir(parents=True, exist_ok=True)
        (self.root / "config").write_text(config, encoding="utf-8")

    def mkit(self, *words: str, stdin: bytes = b"") -> tuple[Cost, bytes]:
        """What a verb costs, and what it prints."""
        return run([*MKIT, *words], self.env, stdin)

    def run(self, *words: str) -> bytes:
        """What a verb prints. One that fails ends the program, with what it said of it."""
        argv = [*MKIT, *words]
        done = subprocess.run(
            argv, env=self.env, stdin=subprocess.DEVNULL, capture_output=True, timeout=_TIMEOUT
        )
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace")
            raise SystemExit(f"mkit {words[0]}: exit {done.returncode}\n{said}")
        return done.stdout

    def json(self, *words: str) -> Any:
        return json.loads(self.run(*words, "--json"))
