# SPDX-License-Identifier: GPL-2.0-or-later
"""A person's own programs on files of a work tree: the editor as git finds it, and the shell."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from maintainer_kit.adapters.process import ProgramFailed, environment, run
from maintainer_kit.errors import MkitError

_KEPT = ("GIT_EDITOR", "LC_ALL")


class HandFailed(MkitError):
    """The program is missing, or ended with an error; what it left is kept."""


def edit_files(tree: Path, paths: Sequence[str]) -> None:
    """Open files of a tree in one editor, and wait for its end. Raises HandFailed."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    try:
        found = run(["git", "var", "GIT_EDITOR"], env=kept, timeout=30)
    except ProgramFailed as error:
        raise HandFailed(error.message, "install git") from error
    editor = found.stdout.decode("utf-8", "surrogateescape").strip()
    if found.code or not editor:
        raise HandFailed("no editor is known", "git config --global core.editor EDITOR")
    # Through a shell, as git does: the words are the user's own; paths begin with ours.
    names = [str(tree / one) for one in paths]
    code = _run(["sh", "-c", f'{editor} "$@"', "editor", *names], tree, kept)
    if code:
        raise HandFailed(f"the editor ended with {code}", "mkit apply --edit-tree")


def open_shell(tree: Path, variables: Mapping[str, str]) -> None:
    """The user's shell in a tree, until it ends; git finds ours there by ``variables``."""
    _run([os.environ.get("SHELL") or "/bin/sh"], tree, variables)


def _run(argv: Sequence[str], tree: Path, variables: Mapping[str, str]) -> int:
    try:
        done = subprocess.run(list(argv), cwd=tree, env=environment(variables), check=False)
    except OSError as error:
        raise HandFailed(f"{argv[0]}: {error.strerror}", "set SHELL") from error
    return done.returncode
