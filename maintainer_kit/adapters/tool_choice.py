# SPDX-License-Identifier: GPL-2.0-or-later
"""Which other checkers are run: those of the settings, those installed, and, where the user says
so, those that a repository brings."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from maintainer_kit.adapters.git.checking.facts import GitFacts
from maintainer_kit.checks.foreign import Form, Tool
from maintainer_kit.config import TOOLS_OFF, TOOLS_ON, Settings
from maintainer_kit.errors import ConfigError

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_EXAMPLE = 'git config --global mkit.checkTool "codespell codespell --builtin clear"'
_CHECKPATCH = Path("scripts", "checkpatch.pl")
_OF_KERNEL = frozenset({"kernel"})


def choose_tools(
    settings: Settings, repository: GitFacts | None, wanted: bool | None = None
) -> tuple[Tool, ...]:
    """The tools, one for each name; ``wanted`` is what the command line says.

    A program that a repository names or brings is run only where the user asks for that: by
    ``wanted`` or mkit.checkTools=on. Raises ConfigError for a setting that cannot be understood.
    """
    if wanted is False or (wanted is None and settings.check_tools == TOOLS_OFF):
        return ()
    trusts = bool(wanted) or settings.check_tools == TOOLS_ON
    listed = [*_configured(settings.check_tool)]
    if trusts and repository is not None:
        listed += _configured(_of_repository(repository))
        listed += _brought(repository)
    listed += _installed(trusts)
    by_name: dict[str, Tool] = {}
    for one in listed:
        by_name.setdefault(one.name, one)
    return tuple(by_name.values())


def _configured(values: Iterable[str]) -> Iterator[Tool]:
    """Of ``mkit.checkTool``: NAME COMMAND...; a ``-`` at its end for standard input."""
    for value in values:
        try:
            name, *argv = shlex.split(value)
        except ValueError as error:
            raise ConfigError(f"mkit.checkTool is {value!r}: {error}", _EXAMPLE) from error
        if not argv or not _NAME.fullmatch(name):
            raise ConfigError(f"mkit.checkTool is {value!r}, not NAME COMMAND...", _EXAMPLE)
        form = Form(name) if name in tuple(Form) else Form.COMMON
        if form is Form.CHECKPATCH:
            yield _checkpatch(argv)
        else:
            yield Tool(name, tuple(argv), form, from_stdin=len(argv) > 1 and argv[-1] == "-")


def _of_repository(repository: GitFacts) -> Sequence[str]:
    argv = ("config", "--local", "--null", "--get-all", "mkit.checktool")
    result = repository.git.run(*argv)
    text = result.stdout.decode("utf-8", "replace") if not result.code else ""
    return [one for one in text.split("\0") if one]


def _brought(repository: GitFacts) -> Iterator[Tool]:
    """The repository's own script, at the top of its tree, where it finds its configuration."""
    top = repository.layout.top
    if top is not None and os.access(top / _CHECKPATCH, os.X_OK):
        yield _checkpatch([str(top / _CHECKPATCH)], str(top))


def _installed(is_asked: bool) -> Iterator[Tool]:
    found = shutil.which("checkpatch.pl") or shutil.which("checkpatch")
    if found:
        yield _checkpatch([found], is_asked=is_asked, profiles=_OF_KERNEL)
    if found := shutil.which("codespell"):
        yield Tool("codespell", (found,), Form.CODESPELL, is_asked)


def _checkpatch(
    argv: Sequence[str],
    folder: str = "",
    is_asked: bool = True,
    profiles: frozenset[str] = frozenset(),
) -> Tool:
    script = next((Path(one) for one in argv if one.endswith(".pl")), Path(argv[0]))
    # Without a tree around it the script refuses to start.
    has_tree = (script.resolve().parent.parent / "MAINTAINERS").exists()
    flags = () if has_tree else ("--no-tree",)
    return Tool(
        "checkpatch",
        (*argv, *flags),
        Form.CHECKPATCH,
        is_asked,
        folder=folder,
        profiles=profiles if not is_asked else frozenset(),
    )
