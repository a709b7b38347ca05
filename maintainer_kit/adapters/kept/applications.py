# SPDX-License-Identifier: GPL-2.0-or-later
"""Applications of patches that are under way, a folder each: what is to be done, how far it is, and
a repository of ours with a work tree to do it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from maintainer_kit.adapters.kept.job_folder import JobFolder, Kind, path_of, under_way
from maintainer_kit.adapters.kept.json_file import JsonFile
from maintainer_kit.errors import StateError
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.workflow.applying.application import Application, dump, load
from maintainer_kit.workflow.applying.ports import OldFile, Parcel

CHANGES = ".changes"
_PARCELS = "parcels.json"
KIND = Kind(
    room="applying",
    state="application.json",
    digits=16,
    load=load,
    dump=dump,
    noun="application",
    busy=("another mkit applies patches to this branch", "wait for it to end"),
    hint="make room, then mkit apply --continue",
)


@dataclass(frozen=True, slots=True)
class Laid:
    """What was laid down at the beginning."""

    parcels: tuple[Parcel, ...]
    refs: tuple[str, ...]


class ApplicationFolder(JobFolder[Application]):
    """One of them: implements the port ``Shelf``."""

    def __init__(self, path: Path) -> None:
        super().__init__(KIND, path)

    @property
    def changes(self) -> Path:
        """The last one to this branch that changed what was posted; it outlives the folder."""
        return self.path.with_suffix(CHANGES)

    def keep_changes(self, one: Application) -> None:
        """Remember it for whoever asks what was changed."""
        _changes(self.changes).write(**dump(one))

    def lay(self, one: Application, parcels: Sequence[Parcel], refs: Sequence[str]) -> None:
        self.begin()
        self.file(_PARCELS).write(refs=list(refs), **_packed(parcels))
        self.put(one)

    def laid(self) -> Laid:
        """Raises StateError where it is damaged."""
        try:
            return _unpacked(self.file(_PARCELS).read())
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
        with self.told(folder):
            folder.mkdir(exist_ok=True)
            for each in parcels:
                for raw in (each.mail, *each.lead):
                    if raw not in names:
                        names[raw] = _written(folder / f"{len(names) + 1:04}.mbox", boxed(raw))
        return (
            [names[one.mail] for one in parcels],
            [[names[raw] for raw in (*one.lead, one.mail)] for one in parcels],
        )


def folder_for(home: Path, place: str, branch: str) -> ApplicationFolder:
    """``place`` is the git directory of the repository, ``branch`` a full name."""
    return ApplicationFolder(path_of(KIND, home, f"{place}\0{branch}"))


def applications(home: Path) -> list[tuple[ApplicationFolder, Application]]:
    """All that are under way and can be understood, in the order of their branches."""
    found = [(ApplicationFolder(folder.path), one) for folder, one in under_way(KIND, home)]
    return sorted(found, key=lambda pair: (pair[1].repository, pair[1].branch))


def changed(home: Path) -> list[Application]:
    """The last of each branch that changed what was posted, the newest first."""
    paths = sorted((home / KIND.room).glob(f"*{CHANGES}"), key=lambda one: -one.stat().st_mtime_ns)
    found = (load(_changes(path).read()) for path in paths)
    return [one for one in found if one is not None]


def _changes(path: Path) -> JsonFile:
    return JsonFile(path, 1, KIND.trouble, KIND.hint)


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
