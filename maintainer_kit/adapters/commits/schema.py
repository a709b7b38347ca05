# SPDX-License-Identifier: GPL-2.0-or-later
"""The tables of the index of commits. It is derived: of another version, or damaged, it is begun
anew."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from maintainer_kit.adapters.catalogue.base import translated

VERSION = 2
"""Raised whenever the tables change, or the same commit would get another print."""
_BUSY = 30.0
_LOG = 4 << 20
"""Bytes that SQLite's log may keep once what it holds is in the file."""
_CACHE = 64_000
"""KiB of pages in memory: what sorting and merging of lines need to stay quick."""
_MAPPED = 1 << 31
"""Bytes of the file that are read where they lie, and not copied page by page."""
LEVELS = 8
"""Tables that lines are in: see ``commit_index_lines``."""

_TABLES = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # As the commit has it, and as the mailmap does.
    """CREATE TABLE person (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        address TEXT NOT NULL,
        author TEXT NOT NULL,
        author_name TEXT NOT NULL,
        UNIQUE (name, address, author, author_name)
    )""",
    # A number that was given once is not given again: refs and lines may still speak of it.
    """CREATE TABLE entry (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name BLOB NOT NULL UNIQUE,
        person INTEGER NOT NULL,
        subject TEXT NOT NULL,
        date INTEGER NOT NULL,
        patch_id BLOB,
        lines_hash BLOB,
        paths BLOB NOT NULL,
        lines BLOB NOT NULL,
        lacks_diff INTEGER NOT NULL
    )""",
    """CREATE TABLE mention (
        entry INTEGER NOT NULL,
        kind INTEGER NOT NULL,
        place INTEGER NOT NULL,
        message_id TEXT NOT NULL,
        PRIMARY KEY (entry, kind, place)
    ) WITHOUT ROWID""",
    "CREATE INDEX mention_message ON mention (message_id, kind)",
    """CREATE TABLE revert (
        entry INTEGER NOT NULL,
        place INTEGER NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (entry, place)
    ) WITHOUT ROWID""",
    "CREATE INDEX revert_name ON revert (name)",
    *(
        f"""CREATE TABLE line_{level} (
            hash INTEGER PRIMARY KEY,
            count INTEGER NOT NULL,
            entries INTEGER NOT NULL
        )"""
        for level in range(LEVELS)
    ),
    "CREATE TABLE level (level INTEGER PRIMARY KEY, count INTEGER NOT NULL)",
    """CREATE TABLE repository (
        id INTEGER PRIMARY KEY,
        place TEXT NOT NULL UNIQUE,
        notes TEXT NOT NULL DEFAULT ''
    )""",
    """CREATE TABLE ref (
        id INTEGER PRIMARY KEY,
        repository INTEGER NOT NULL REFERENCES repository ON DELETE CASCADE,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        tip TEXT NOT NULL,
        border TEXT NOT NULL,
        UNIQUE (repository, name)
    )""",
    # Which commits are in a ref, a bit for each: 160 KB a ref for all of the Linux kernel.
    """CREATE TABLE ref_part (
        ref INTEGER NOT NULL REFERENCES ref ON DELETE CASCADE,
        part INTEGER NOT NULL,
        bits BLOB NOT NULL,
        PRIMARY KEY (ref, part)
    )""",
)
LATE_INDEXES = (
    "CREATE INDEX IF NOT EXISTS entry_person ON entry (person, date)",
    "CREATE INDEX IF NOT EXISTS entry_subject ON entry (subject)",
    "CREATE INDEX IF NOT EXISTS entry_patch_id ON entry (patch_id) WHERE patch_id NOT NULL",
    "CREATE INDEX IF NOT EXISTS entry_lines_hash ON entry (lines_hash) WHERE lines_hash NOT NULL",
    "CREATE INDEX IF NOT EXISTS person_author ON person (author)",
)
"""Made once the first commits are in: sorting at the end is quicker than a place for each."""


def open_index(path: Path) -> sqlite3.Connection:
    """Open the file; one that cannot be used is put away and begun anew."""
    try:
        db = _connect(path)
        version = db.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.OperationalError:
        with translated(path):
            raise
    except sqlite3.DatabaseError:
        version = -1
    if version not in (0, VERSION):
        with contextlib.suppress(UnboundLocalError, sqlite3.Error):
            db.close()
        delete_index(path)
    with translated(path):
        db = _connect(path)
        _create(db)
    return db


def delete_index(path: Path) -> None:
    """Delete the file, with what SQLite keeps beside it."""
    for suffix in ("-wal", "-shm", "-journal", ""):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(f"{path}{suffix}")


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=_BUSY, isolation_level=None)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        # A power cut may lose the last transactions, never the file: an update brings them back.
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA foreign_keys = ON")
        db.execute(f"PRAGMA cache_size = -{_CACHE}")
        db.execute(f"PRAGMA mmap_size = {_MAPPED}")
        db.execute(f"PRAGMA journal_size_limit = {_LOG}")
        db.execute("PRAGMA temp_store = FILE")
    except sqlite3.Error:
        db.close()
        raise
    return db


def _create(db: sqlite3.Connection) -> None:
    if db.execute("PRAGMA user_version").fetchone()[0] == VERSION:
        return
    db.execute("BEGIN IMMEDIATE")
    # Another process may have been quicker.
    if db.execute("PRAGMA user_version").fetchone()[0] != VERSION:
        for statement in _TABLES:
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {VERSION}")
    db.execute("COMMIT")
