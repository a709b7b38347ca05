# SPDX-License-Identifier: GPL-2.0-or-later
"""Applications of patches that are under way, a folder each: what is to be done, how far it is, and
a repository of ours with a work tree to do it in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from maintainer_kit.adapters.filelock import file_lock
from maintainer_kit.adapters.kept.json_file import JsonFile
from maintainer_kit.errors import Busy, StateError
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.workflow.applying.application import Application, dump, load
from maintainer_kit.workflow.applying.ports import OldFile, Parcel

FOLDER = "applying"
CHANGES = ".changes"
_VERSION = 1
_STATE, _PARCELS = "application.json", "parcels.json"
_HINT = "make room, then mkit apply --continue"


@dataclass(frozen=True, slots=True)
class Laid:
    """What was laid down at the beginning."""

    parcels: tuple[Parcel, ...]
    refs: tuple[str, ...]


class ApplicationFolder:
    """One of them: implements the port ``Shelf``."""

    def __init__(self, home: Path, place: str, branch: str) -> None:
        """``place`` is the git directory of the repository, ``branch`` a full name."""
        key = sha256(os.fsencode(f"{place}\0{branch}")).hexdigest()[:16]
        self.path = home / FOLDER / key
        self._state = JsonFile(self.path / _STATE, _VERSION, "", _HINT)
        self._parcels = JsonFile(self.path / _PARCELS, _VERSION, "", _HINT)

    @property
    def repository(self) -> Path:
        """Of ours."""
        return self.path / "own"

    @property
    def tree(self) -> Path:
        return self.path / "tree"

    @property
    def changes(self) -> Path:
        """The last one to this branch that changed what was posted; it outlives the folder."""
        return self.path.with_suffix(CHANGES)

    def keep_changes(self, one: Application) -> None:
        """Remember it for whoever asks what was changed."""
        JsonFile(self.changes, _VERSION, "", _HINT).write(**dump(one))

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else works at it. Raises Busy, and StateError where it cannot be kept."""
        with _told(self.path):
            self.path.parent.mkdir(mode=0o700, exist_ok=True)
        with file_lock(self.path.with_suffix(".lock"), 0.0) as is_ours:
            if not is_ours:
                raise Busy("another mkit applies patches to this branch", "wait for it to end")
            yield

    def read(self) -> Application | None:
        """None where nothing is under way; raises StateError where that cannot be told."""
        return _read(self.path)

    def lay(self, one: Application, parcels: Sequence[Parcel], refs: Sequence[str]) -> None:
        self.drop()
        with _told(self.path):
            self.path.mkdir(mode=0o700)
        self._parcels.write(refs=list(refs), **_packed(parcels))
        self.put(one)

    def put(self, one: Application) -> None:
        self._state.write(**dump(one))

    def drop(self) -> None:
        """Renamed first, so that half of it is never taken for the whole."""
        with _told(self.path):
            gone = self.path.with_suffix(".gone")
            shutil.rmtree(gone, ignore_errors=True)
            if self.path.exists():
                self.path.rename(gone)
                shutil.rmtree(gone, ignore_errors=True)

    def laid(self) -> Laid:
        """Raises StateError where it is damaged."""
        try:
            return _unpacked(self._parcels.read())
        except (KeyError, TypeError, ValueError, IndexError) as error:
            words = f"{self.path / _PARCELS} is damaged"
            raise StateError(words, "mkit apply --abort, then apply again") from error

    def write_mails(
        self, parcels: Sequence[Parcel], boxed: Callable[[bytes], bytes]
    ) -> tuple[list[Path], list[list[Path]]]:
        """Each mail ``boxed`` as git am reads it: the files of the patches, and for each those of
        its lead and itself; written anew where they are not whole, as none of them is synced."""
        folder = self.path / "mails"
        names: dict[bytes, Path] = {}
        with _told(folder):
            folder.mkdir(exist_ok=True)
            for each in parcels:
                for raw in (each.mail, *each.lead):
                    if raw not in names:
                        names[raw] = _written(folder / f"{len(names) + 1:04}.mbox", boxed(raw))
        return (
            [names[one.mail] for one in parcels],
            [[names[raw] for raw in (*one.lead, one.mail)] for one in parcels],
        )


def under_way(home: Path) -> list[Application]:
    """All applications that can be understood, in the order of their branches."""
    found = []
    for path in _folders(home):
        with suppress(StateError):
            found.append(_read(path))
    known = [one for one in found if one is not None]
    return sorted(known, key=lambda one: (one.repository, one.branch))


def refuse_unclear(home: Path) -> None:
    """Raises StateError for an application that cannot be understood."""
    for path in _folders(home):
        _read(path)


def changed(home: Path) -> list[Application]:
    """The last of each branch that changed what was posted, the newest first."""
    paths = sorted((home / FOLDER).glob(f"*{CHANGES}"), key=lambda one: -one.stat().st_mtime_ns)
    found = (load(JsonFile(path, _VERSION, "", _HINT).read()) for path in paths)
    return [one for one in found if one is not None]


def _folders(home: Path) -> list[Path]:
    """Without those that are being dropped."""
    found = (path.parent for path in sorted((home / FOLDER).glob(f"*/{_STATE}")))
    return [folder for folder in found if not folder.suffix]


def _read(folder: Path) -> Application | None:
    """What a person did in the tree must not be lost: a file that tells nothing is no absence."""
    path = folder / _STATE
    one = load(JsonFile(path, _VERSION, "", _HINT).read())
    if one is None and os.path.lexists(path):
        hint = f"mend it, or, to forget this application, move {folder} away"
        raise StateError(f"{path} cannot be understood", hint)
    return one


def _packed(parcels: Sequence[Parcel]) -> Mapping[str, Any]:
    """Each mail once; bytes as the characters of Latin-1."""
    places: dict[bytes, int] = {}
    for each in parcels:
        for raw in (each.mail, *each.lead):
            places.setdefault(raw, len(places))
    return {
        "mails": [raw.decode("latin-1") for raw in places],
        "parcels": [
            [
                places[one.mail],
                [places[raw] for raw in one.lead],
                [[file.path, file.blob] for file in one.files],
            ]
            for one in parcels
        ],
    }


def _unpacked(told: Mapping[str, Any]) -> Laid:
    mails = [one.encode("latin-1") for one in told["mails"]]
    parcels = (
        Parcel(
            mails[mail],
            tuple(mails[one] for one in lead),
            tuple(OldFile(str(path), str(blob)) for path, blob in files),
        )
        for mail, lead, files in told["parcels"]
    )
    return Laid(tuple(parcels), tuple(map(str, told["refs"])))


def _written(path: Path, data: bytes) -> Path:
    if not path.is_file() or path.stat().st_size != len(data):
        path.write_bytes(data)
    return path


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StateError(f"{path}: {error.strerror}", _HINT) from error
