# SPDX-License-Identifier: GPL-2.0-or-later
"""Where patatt's public keys are looked for: the user's own keyrings, then those of repositories.

Of a repository only what its maintainers put there counts: the ref that b4 knows, and ``.keys`` of
the main branch. Whatever else is checked out may be anybody's, who brought a key along.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import patatt

from maintainer_kit.adapters.attest.patatt_signature import names_no_repository
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.process import ProgramFailed, run
from maintainer_kit.errors import RepositoryError

_OWN_REF = "refs/meta/keyring"
_MAIN = ("refs/remotes/origin/HEAD", "refs/heads/main", "refs/heads/master", "refs/heads/trunk")
_FOLDER = ".keys"
_UNUSABLE = (
    patatt.Error,
    patatt.ConfigurationError,
    patatt.ValidationError,
    LookupError,
    OSError,
    ValueError,
)


class Key(NamedTuple):
    """A public key."""

    data: bytes
    source: str
    """The file or the ref that it is from."""


class Keyrings:
    """Finds keys, each once."""

    def __init__(self, own: Sequence[str], repositories: Sequence[Path] = ()) -> None:
        """``own`` are those of the settings, which come first."""
        self._own = own
        self._repositories = repositories
        self._sources: list[str] | None = None
        self._known: dict[tuple[str, str, str], Key | None] = {}

    def find(self, algorithm: str, identity: str, selector: str) -> Key | None:
        """The first key of that name; None where no keyring has one."""
        name = (algorithm, identity, selector)
        if name not in self._known:
            self._known[name] = self._look(name)
        return self._known[name]

    def _look(self, name: tuple[str, str, str]) -> Key | None:
        if self._sources is None:
            self._sources = list(self._all())
        for source in self._sources:
            try:
                data, place = patatt.get_public_key(source, *name)
            except _UNUSABLE:
                continue
            if data.strip():
                return Key(data, place)
        return None

    def _all(self) -> Iterator[str]:
        yield from self._own
        yield from _of_patatt()
        for path in self._repositories:
            yield from _of_repository(path)


def _of_patatt() -> Iterator[str]:
    """What patatt's own settings say, and where its ``genkey`` puts public keys."""
    try:
        said = run(["git", "config", "--global", "--get-all", "patatt.keyringsrc"], timeout=30)
        lines = said.stdout.decode("utf-8", "replace").split("\n")
    except ProgramFailed:
        lines = []
    places = (one for one in lines if one.startswith(("ref:", "/", "~")))
    yield from (one for one in places if not names_no_repository(one))
    data = os.environ.get("XDG_DATA_HOME", "")
    base = Path(data) if Path(data).is_absolute() else Path.home() / ".local" / "share"
    yield str(base / "patatt" / "public")


def _of_repository(path: Path) -> Iterator[str]:
    try:
        git = Git(path)
        folder = git.output("rev-parse", "--absolute-git-dir").decode(errors="surrogateescape")
        listed = git.output("for-each-ref", "--format=%(refname)", _OWN_REF, *_MAIN)
    except RepositoryError:
        return
    # The git directory, so that patatt finds no files of the work tree.
    place = folder.strip("\n")
    there = set(listed.decode("utf-8", "replace").split("\n"))
    if ":" in place:
        return
    if _OWN_REF in there:
        yield f"ref:{place}:{_OWN_REF}:"
    main = next((one for one in _MAIN if one in there), "")
    if main:
        yield f"ref:{place}:{main}:{_FOLDER}"
