# SPDX-License-Identifier: GPL-2.0-or-later
"""The user's editor, as git finds it (git-var(1), GIT_EDITOR), on the user's terminal."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from maintainer_kit.adapters.durable import replace_file
from maintainer_kit.adapters.process import ProgramFailed, environment, run
from maintainer_kit.errors import MkitError, StateError
from maintainer_kit.model.mail.text import visible_line

_KEPT = ("GIT_EDITOR",)


class EditorFailed(MkitError):
    """The editor is missing, or ended with an error; what it left is kept."""


def edit(path: Path, text: str) -> str:
    """What the user makes of a text. The file is there while the editor runs, and stays where that
    fails: EditorFailed names it, and the next time it is gone on with."""
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        if not path.exists():
            replace_file(path, text.encode("utf-8", "replace"))
    except OSError as error:
        raise StateError(f"{path}: {error.strerror}", "make room") from error
    code = _run(_editor(), str(path))
    if code:
        raise EditorFailed(f"the editor ended with {code}; the text is in {path}", _HINT)
    try:
        found = path.read_bytes().decode("utf-8", "replace")
        path.unlink()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise EditorFailed(f"{path}: {error.strerror}", _HINT) from error
    return found


_HINT = "git config --global core.editor EDITOR, then run it again"


def run_editor(folder: Path, names: Sequence[str]) -> int:
    """Open files of a folder in the editor, which runs there: its exit code.

    A name that looks like an option is none. Raises EditorFailed where no editor is known.
    """
    return _run(_editor(), *(f"./{one}" for one in names), folder=folder)


def run_shell(folder: Path, variables: Mapping[str, str] | None = None) -> int:
    """The user's shell in a folder; its exit code is that of its last command, and says nothing.
    ``variables`` are set in it. Raises EditorFailed where there is no such shell."""
    shell = os.environ.get("SHELL") or "/bin/sh"
    if shutil.which(shell) is None:
        raise EditorFailed(f"{visible_line(shell)}: no such program", "set SHELL")
    return _run(shlex.quote(shell), folder=folder, variables=variables)


def _editor() -> str:
    """Words for a shell."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    try:
        result = run(["git", "var", "GIT_EDITOR"], env=kept, timeout=30)
    except ProgramFailed as error:
        raise EditorFailed(error.message, "install git") from error
    editor = result.stdout.decode("utf-8", "surrogateescape").strip()
    if result.code or not editor:
        raise EditorFailed("no editor is known", _HINT)
    return editor


def _run(
    editor: str,
    *words: str,
    folder: Path | None = None,
    variables: Mapping[str, str] | None = None,
) -> int:
    """Through a shell, as git does: the words are the user's own, and the paths are ours."""
    argv = ["sh", "-c", f'{editor} "$@"', "editor", *words]
    try:
        env = environment({**_terminal(), **(variables or {})})
        done = subprocess.run(argv, env=env, cwd=folder, check=False)
        return done.returncode
    except OSError as error:
        raise EditorFailed(f"{editor}: {error.strerror}", _HINT) from error


def _terminal() -> dict[str, str]:
    """The user's own locale: an editor shows letters by it."""
    return {"LC_ALL": os.environ["LC_ALL"]} if "LC_ALL" in os.environ else {}
