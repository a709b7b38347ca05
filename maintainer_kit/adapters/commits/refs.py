# SPDX-License-Identifier: GPL-2.0-or-later
"""Refs that are followed, and which commits are in each: a bit a commit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from maintainer_kit.adapters.catalogue.base import Table, translated

_PART = 1 << 16
"""Commits in one part of a ref's bits: 8 KB."""


@dataclass(frozen=True, slots=True)
class KnownRef:
    """A ref as it was when it was last looked at."""

    id: int
    place: str
    """The git directory that the repository's work trees share."""
    name: str
    """In full: ``refs/heads/master``."""
    role: str
    """What it stands for: queued, next, mainline, stable, another's tree."""
    tip: str
    """The whole id of a commit."""
    border: str
    """A fingerprint of where history ended; empty where it was whole."""


@dataclass(frozen=True, slots=True)
class KnownRepository:
    """A repository as it was when it was last looked at."""

    id: int
    notes: str = ""
    """The tip of the notes that were read."""


class RefTable(Table):
    """The part of the index that knows refs."""

    def refs(self) -> Sequence[KnownRef]:
        """All refs that are followed, in the order in which they came."""
        query = """SELECT ref.id, place, name, role, tip, border
            FROM ref JOIN repository ON repository.id = ref.repository ORDER BY ref.id"""
        with translated(self.path):
            return [KnownRef(*row) for row in self.db.execute(query)]

    def refs_of(self, commits: Collection[str]) -> Mapping[str, Sequence[KnownRef]]:
        """The refs that hold each of these commits; a commit in none is left out."""
        refs = self.refs()
        numbers = self._numbers(commits)
        parts = self._parts({number // _PART for number in numbers.values()})
        found = {}
        for commit, number in numbers.items():
            part, bit = divmod(number, _PART)
            holding = [ref for ref in refs if _is_set(parts.get((ref.id, part), b""), bit)]
            if holding:
                found[commit] = holding
        return found

    def repository(self, place: str) -> KnownRepository:
        """What is known of a repository, by its git directory; a new one is put down."""
        query = "SELECT id, notes FROM repository WHERE place = ?"
        with translated(self.path):
            known = self.db.execute(query, (place,)).fetchone()
        if known is None:
            with self.transaction():
                self.db.execute("INSERT OR IGNORE INTO repository (place) VALUES (?)", (place,))
                known = self.db.execute(query, (place,)).fetchone()
        return KnownRepository(*known)

    def set_notes(self, known: KnownRepository, notes: str) -> None:
        """Put down which notes were read."""
        with self.transaction():
            change = "UPDATE repository SET notes = ? WHERE id = ?"
            self.db.execute(change, (notes, known.id))

    def move_ref(self, ref: KnownRef, was: str, whole: bool) -> int | None:
        """Put a ref, known or new, from the tip where it was to its own; says its number.

        None where it is no longer there: somebody else was quicker. ``whole`` says that all its
        commits are going to be told anew. To be called in a transaction, with ``mark``.
        """
        repository = self.repository(ref.place).id
        query = "SELECT id, tip FROM ref WHERE repository = ? AND name = ?"
        known = self.db.execute(query, (repository, ref.name)).fetchone()
        now = ref.role, ref.tip, ref.border
        if known is None:
            made = "INSERT INTO ref (repository, name, role, tip, border) VALUES (?, ?, ?, ?, ?)"
            return self.db.execute(made, (repository, ref.name, *now)).lastrowid
        if known[1] != was:
            return None
        change = "UPDATE ref SET role = ?, tip = ?, border = ? WHERE id = ?"
        self.db.execute(change, (*now, known[0]))
        if whole:
            self.db.execute("DELETE FROM ref_part WHERE ref = ?", (known[0],))
        return int(known[0])

    def mark(self, ref: int, commits: Collection[str], is_in: bool) -> None:
        """Say that commits are in a ref, or no longer; those that are not indexed are left out."""
        parts: dict[int, list[int]] = {}
        for number in self._numbers(commits).values():
            parts.setdefault(number // _PART, []).append(number % _PART)
        query = "SELECT bits FROM ref_part WHERE ref = ? AND part = ?"
        for part, bits in parts.items():
            known = self.db.execute(query, (ref, part)).fetchone()
            changed = _changed(known[0] if known else b"", bits, is_in)
            self.db.execute(
                "INSERT OR REPLACE INTO ref_part VALUES (?, ?, ?)", (ref, part, changed)
            )

    def drop_refs(self, ids: Iterable[int]) -> None:
        """Follow refs no longer; their commits stay in the index."""
        with self.transaction():
            self.execute_in("DELETE FROM ref WHERE id IN (?*)", ids)

    def _numbers(self, commits: Collection[str]) -> dict[str, int]:
        query = "SELECT name, id FROM entry WHERE name IN (?*)"
        names = [bytes.fromhex(one) for one in commits]
        return {name.hex(): number for name, number in self.select_in(query, names)}

    def _parts(self, wanted: Collection[int]) -> dict[tuple[int, int], bytes]:
        query = "SELECT ref, part, bits FROM ref_part WHERE part IN (?*)"
        return {(ref, part): bits for ref, part, bits in self.select_in(query, wanted)}


def _is_set(bits: bytes, at: int) -> bool:
    byte, bit = divmod(at, 8)
    return byte < len(bits) and bool(bits[byte] >> bit & 1)


def _changed(bits: bytes, which: Iterable[int], is_on: bool) -> bytes:
    found = bytearray(bits)
    for at in which:
        byte, bit = divmod(at, 8)
        if byte >= len(found):
            found += bytes(byte + 1 - len(found))
        found[byte] = found[byte] | 1 << bit if is_on else found[byte] & ~(1 << bit)
    return bytes(found)
