# SPDX-License-Identifier: GPL-2.0-or-later
"""One identity with its stores: mail, decisions, catalogue."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from maintainer_kit.adapters.catalogue.catalogue import SqliteCatalogue
from maintainer_kit.adapters.filelock import file_lock
from maintainer_kit.adapters.home import Home, find_home
from maintainer_kit.adapters.journal import FileJournal
from maintainer_kit.adapters.mail.maildir import Maildir
from maintainer_kit.adapters.mailmaps import read_mailmaps
from maintainer_kit.adapters.notmuch.index import NotmuchIndex
from maintainer_kit.adapters.notmuch.lock import database_mark
from maintainer_kit.adapters.notmuch.own import Found, OwnNotmuch, find_users
from maintainer_kit.adapters.settings import Entries, absolute_path, read_entries
from maintainer_kit.config import Settings, read_settings
from maintainer_kit.errors import ConfigError, StateError
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.wiring.arrivals import examiner_of
from maintainer_kit.wiring.attesting import attester_of
from maintainer_kit.wiring.unmaintained import unmaintained_of
from maintainer_kit.workflow.stores import Stores

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.model.queue.delegation import Sections
    from maintainer_kit.workflow.ports import LeftOut


def clock() -> int:
    """Now, in microseconds since the epoch; MKIT_NOW (ISO 8601) stops the clock there."""
    fixed = os.environ.get("MKIT_NOW")
    if not fixed:
        return time.time_ns() // 1000
    try:
        moment = datetime.fromisoformat(fixed)
    except ValueError as error:
        raise ConfigError(f"MKIT_NOW is {fixed!r}, which is no ISO 8601 time") from error
    return round(moment.timestamp() * 1_000_000)


@dataclass(frozen=True, slots=True)
class Workspace:
    """One identity with its stores open, and where they are."""

    home: Home
    entries: Entries
    database: Found
    stores: Stores
    catalogue: SqliteCatalogue
    index: NotmuchIndex
    journal: FileJournal


def _email(entries: Entries) -> str:
    """The address that git uses; empty when nobody said."""
    return entries["user.email"][-1].value if "user.email" in entries else ""


@contextmanager
def open_workspace() -> Iterator[Workspace]:
    """Find the home, the settings and the index, open all stores, and close them after."""
    home = find_home()
    home.create()
    entries = read_entries(home.settings)
    email = _email(entries)
    users = None if home.is_private else find_users()
    own = None if users else OwnNotmuch(home, email)
    database = users or OwnNotmuch(home, email).ensure()
    query = entries["mkit.query"][-1].value if "mkit.query" in entries else ""
    indexer = own.index if own else None
    index = NotmuchIndex(database.path, database.config, query, indexer, home.counted)
    catalogue = SqliteCatalogue(home.catalogue)
    try:
        addresses = index.addresses() if users else ()
        emails = [email] if email else []
        settings = read_settings(entries, [*emails, *addresses])
        folder = Maildir(database.mail_root / "mkit")
        journal = FileJournal(home.journal)
        sections, sections_mark = _sections_of(settings)
        stores = Stores(
            index=index,
            catalogue=catalogue,
            journal=journal,
            folder=folder,
            settings=settings,
            clock=clock,
            lock=partial(file_lock, home.lock),
            mailmap=read_mailmaps(settings),
            place=f"{database.mail_root} {database_mark(database.path)}",
            examiner=examiner_of(settings, entries),
            sections=sections,
            sections_mark=sections_mark,
            maintained_lists=_lists_of(settings) if settings.repository else None,
            unmaintained=unmaintained_of(settings) if settings.repository else None,
            git_tags=_tags_of(settings) if settings.repository else None,
            attester=attester_of(settings, entries, home.root),
            left_out=partial(_left_out, home),
        )
        stores.check_settings()
        yield Workspace(home, entries, database, stores, catalogue, index, journal)
    finally:
        catalogue.close()
        index.close()


def repositories(settings: Settings) -> list[Path]:
    """The configured repositories by absolute path."""
    return [Path(absolute_path(value)) for value in settings.repository]


def _sections_of(settings: Settings) -> tuple[Sections | None, str]:
    """What rules of delegation and intake ask of MAINTAINERS; most have no such rule."""
    if not any("section=" in line for line in (*settings.delegate, *settings.intake)):
        return None, ""
    from maintainer_kit.wiring.maintainers_known import read_sections

    return read_sections(settings)


def _lists_of(settings: Settings) -> Callable[[], frozenset[str]]:
    """Reads MAINTAINERS only when it is called."""

    def read() -> frozenset[str]:
        from maintainer_kit.wiring.maintainers_known import known_lists

        return known_lists(settings)

    return read


def _tags_of(settings: Settings) -> Callable[[Collection[str]], frozenset[str]]:
    """Asks git only when it is called: most verbs never do."""

    def ask(names: Collection[str]) -> frozenset[str]:
        from maintainer_kit.adapters.git.tags import existing_tags

        return existing_tags(repositories(settings), names)

    return ask


def _left_out(home: Home) -> LeftOut:
    """Only those who bring mail in ask for it."""
    from maintainer_kit.adapters.kept.left_out import LeftOutFile

    return LeftOutFile(home.root)


def discard_catalogue(home: Home) -> None:
    """Remove the catalogue's files: all in them is derived, and the next sync makes them anew."""
    try:
        for suffix in ("", "-wal", "-shm"):
            home.catalogue.with_name(home.catalogue.name + suffix).unlink(missing_ok=True)
    except OSError as error:
        raise StateError(f"{home.catalogue}: {error.strerror}", "mkit doctor") from error


def prepare_home(home: Home) -> None:
    """Make an empty home with its own notmuch database, where notmuch knows none of the user's."""
    home.create()
    if home.is_private or find_users() is None:
        entries = read_entries(home.settings)
        OwnNotmuch(home, _email(entries)).ensure()
