# SPDX-License-Identifier: GPL-2.0-or-later
"""Settings from git's configuration, as b4, git-pw and patatt keep theirs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from maintainer_kit.adapters.process import ProgramFailed, checked, run
from maintainer_kit.config import Entry
from maintainer_kit.errors import ConfigError

_OF_REPOSITORY = frozenset({"local", "worktree"})

Entries = dict[str, list[Entry]]
Told = tuple[str, str, str]
"""Scope and origin of a setting, and its name with its value."""


def read_entries(own: Path | None) -> Entries:
    """All ``mkit.*`` and ``user.email`` values by lower-case name, in the order git gives them.

    ``own`` is the file of a private home; what it says replaces, name by name, what the user's
    own configuration says. Raises ConfigError where git cannot read a file.
    """
    if own is None or not own.exists():
        return _of(_read())
    if _may_include(own):
        return _of(_read()) | _of(_read(where=["--file", str(own)]))
    # One process for both: git takes our file as if the command line had named it.
    told = _read(["-c", f"include.path={own}"])
    ours = "command", f"file:{own}"
    return _of(one for one in told if one[:2] != ours) | _of(one for one in told if one[:2] == ours)


def _may_include(file: Path) -> bool:
    """Whether a file names others, which our own settings are not read from; also where that
    cannot be seen."""
    try:
        return b"include" in file.read_bytes().lower()
    except OSError:
        return True


def _read(options: Sequence[str] = (), where: Sequence[str] = ()) -> list[Told]:
    argv = ["git", *options, "config", "--null", "--show-scope", "--show-origin", *where]
    argv += ["--get-regexp", r"^(mkit\..*|user\.(email|name))$"]
    try:
        result = run(argv, timeout=30)
    except ProgramFailed as error:
        raise ConfigError(error.message, "install git") from error
    # 1: no such setting. Outside a repository git reads the global files only, which is right.
    if result.code not in (0, 1):
        raise ConfigError(f"git config: {result.stderr}", "git config --list --show-origin")
    fields = result.stdout.decode("utf-8", "replace").split("\0")
    return list(zip(fields[::3], fields[1::3], fields[2::3], strict=False))


def _of(told: Iterable[Told]) -> Entries:
    found: Entries = {}
    for scope, origin, pair in told:
        name, _, value = pair.partition("\n")
        # Who I am does not change with the directory, as it may for commits: else each change of
        # directory would work out anew whose turn it is.
        if name.startswith("user.") and scope in _OF_REPOSITORY:
            continue
        place = origin.partition(":")[2] or origin
        found.setdefault(name.lower(), []).append(Entry(value, place, scope in _OF_REPOSITORY))
    return found


def set_value(file: Path, name: str, value: str) -> None:
    """Set a setting in a file of git's syntax."""
    _configure(file, name, value)


def add_value(file: Path, name: str, value: str) -> None:
    """Add one more value to a setting that may have several."""
    _configure(file, "--add", name, value)


def _configure(file: Path, *words: str) -> None:
    try:
        checked(["git", "config", "--file", str(file), *words], timeout=30)
    except ProgramFailed as error:
        raise ConfigError(error.message, "install git") from error


def absolute_path(value: str) -> str:
    """A path of the settings, as git reads ``--type=path``: absolute, ``~`` expanded."""
    return os.path.abspath(os.path.expanduser(value))
