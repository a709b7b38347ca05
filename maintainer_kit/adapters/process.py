# SPDX-License-Identifier: GPL-2.0-or-later
"""Run other programs: never through a shell, always bounded, with a scrubbed environment."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from maintainer_kit.errors import MkitError
from maintainer_kit.lazy.dataclass import dataclass

_TIMEOUT = 600.0


@dataclass(frozen=True, slots=True)
class Result:
    """How a program ended."""

    code: int
    stdout: bytes
    stderr: str


class ProgramFailed(MkitError):
    """A program is missing, took too long, or ended with an error."""

    def __init__(self, argv: Sequence[str], code: int | None, reason: str) -> None:
        super().__init__(f"{argv[0]} {argv[1] if len(argv) > 1 else ''}".strip() + f": {reason}")
        self.argv = tuple(argv)
        self.code = code


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Ours without what a surrounding git command has set (a hook runs with GIT_DIR in it)."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith(("GIT_CONFIG", "GIT_SSL", "GIT_SSH"))
    }
    kept["LC_ALL"] = "C.UTF-8"
    kept.update(extra or {})
    return kept


def run(
    argv: Sequence[str],
    *,
    cwd: Path | None = None,
    stdin: bytes | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float = _TIMEOUT,
) -> Result:
    """Run a program to its end; raises ProgramFailed when it cannot be started or takes too long.

    The caller looks at the exit code; ``checked`` does it for those who want success only.
    """
    try:
        done = subprocess.run(
            list(argv),
            cwd=cwd,
            input=stdin if stdin is not None else b"",
            env=environment(env),
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except FileNotFoundError as error:
        raise ProgramFailed(argv, None, "not installed") from error
    except subprocess.TimeoutExpired as error:
        raise ProgramFailed(argv, None, f"no end after {timeout:.0f} s") from error
    except OSError as error:
        raise ProgramFailed(argv, None, error.strerror or str(error)) from error
    return Result(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace").strip())


def checked(
    argv: Sequence[str],
    *,
    cwd: Path | None = None,
    stdin: bytes | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float = _TIMEOUT,
) -> bytes:
    """What a program printed; raises ProgramFailed, with its own words, unless it succeeded."""
    result = run(argv, cwd=cwd, stdin=stdin, env=env, timeout=timeout)
    if result.code:
        last = result.stderr.splitlines()[-1] if result.stderr else f"exit code {result.code}"
        raise ProgramFailed(argv, result.code, last)
    return result.stdout
