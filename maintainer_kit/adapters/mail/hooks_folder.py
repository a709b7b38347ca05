# SPDX-License-Identifier: GPL-2.0-or-later
"""A folder with what programs that carry mail are given, for those who include or copy it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from maintainer_kit.adapters.mail.hooks import PROGRAMS, Machine, mail_hook
from maintainer_kit.errors import Refused, StateError

_NAMES = {
    "notmuch": "post-new",
    "sieve-program": "mkit-deliver",
    "systemd-service": "mkit-sync.service",
    "systemd-timer": "mkit-sync.timer",
}
"""Those that must have a certain name where they are put."""
_EXECUTABLE = frozenset({"notmuch", "sieve-program"})


@dataclass(frozen=True, slots=True)
class HookFile:
    """One file, and what is to be in it."""

    path: Path
    text: str
    mode: int


def stale_hooks(folder: Path, machine: Machine) -> list[HookFile]:
    """Those that are not there as they should be; without any that cannot say the paths here."""
    found = []
    for program in PROGRAMS:
        try:
            text = mail_hook(program, machine)
        except Refused:
            continue
        mode = 0o700 if program in _EXECUTABLE else 0o600
        file = HookFile(folder / _NAMES.get(program, program), text, mode)
        if not _is_there(file):
            found.append(file)
    return found


def include_line(program: str, folder: Path) -> str:
    """By which a program's own rules take in what lies there; empty where they cannot."""
    value = str(folder / program)
    if program == "procmail":
        return PROGRAMS[program].assignment("INCLUDERC", value)
    if program == "maildrop":
        return "include " + PROGRAMS[program].assignment("", value).removeprefix("=")
    return ""


def _is_there(file: HookFile) -> bool:
    try:
        return file.path.read_text(encoding="utf-8", errors="surrogateescape") == file.text
    except OSError:
        return False


def write_hook(file: HookFile) -> None:
    """Whole or not at all: procmail may be reading the old one."""
    temporary = file.path.with_name(f".{file.path.name}.{os.getpid()}")
    try:
        file.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary.write_text(file.text, encoding="utf-8", errors="surrogateescape")
        temporary.chmod(file.mode)
        os.replace(temporary, file.path)
    except OSError as error:
        raise StateError(f"{file.path}: {error.strerror}", "mkit doctor") from error
