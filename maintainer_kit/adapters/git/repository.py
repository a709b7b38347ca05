# SPDX-License-Identifier: GPL-2.0-or-later
"""git repositories, opened with GitPython; imported only by verbs that look into one."""

from __future__ import annotations

from pathlib import Path

from maintainer_kit.adapters.process import ProgramFailed, checked
from maintainer_kit.errors import RepositoryError


def problem_of(path: Path) -> str:
    """Why a path is no repository that can be used; empty when it is one."""
    import git

    try:
        repository = git.Repo(path)
    except git.NoSuchPathError:
        return "does not exist"
    except git.InvalidGitRepositoryError:
        return "is no git repository"
    except (git.GitError, OSError, ValueError) as error:
        return f"cannot be opened: {error}"
    try:
        return "" if repository.heads else "has no branch yet"
    finally:
        repository.close()


def create_from_stream(path: Path, stream: Path) -> None:
    """Make a bare repository from a ``git fast-export`` stream; whole or not at all."""
    temporary = path.with_name(f".{path.name}.new")
    try:
        checked(["git", "init", "--quiet", "--bare", "--initial-branch=master", str(temporary)])
        checked(["git", "-C", str(temporary), "fast-import", "--quiet"], stdin=stream.read_bytes())
        temporary.rename(path)
    except (ProgramFailed, OSError) as error:
        raise RepositoryError(f"{path}: {error}", "install git, then run it again") from error
