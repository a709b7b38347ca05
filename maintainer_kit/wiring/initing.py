# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``init`` asks this machine, and what it writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from maintainer_kit.adapters.git.layout import read_layout
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.home import Home, find_home
from maintainer_kit.adapters.mail.hooks import this_machine
from maintainer_kit.adapters.mail.hooks_folder import (
    HookFile,
    include_line,
    stale_hooks,
    write_hook,
)
from maintainer_kit.adapters.mail.places import find_mailboxes, guess_mail, look_at_mail
from maintainer_kit.adapters.maintainers_files import MaintainersFile
from maintainer_kit.adapters.notmuch.own import Found, find_users
from maintainer_kit.adapters.settings import absolute_path, read_entries
from maintainer_kit.adapters.settings_file import SettingsFile
from maintainer_kit.config import Entry, Settings, read_settings
from maintainer_kit.errors import MkitError
from maintainer_kit.model.maintainers.maintainers import Maintainers
from maintainer_kit.workflow.initing import (
    ADD,
    Answers,
    Change,
    Guesses,
    Known,
    lists_maintained,
    plan_changes,
)

_ASKED = {"mkit.me": "me", "mkit.list": "list", "mkit.repository": "repository", "mkit.ref": "ref"}


@dataclass(frozen=True, slots=True)
class Machine:
    """What is set, and what can be found out."""

    home: Home
    settings: Settings
    known: dict[str, Known]
    guesses: Guesses
    file: SettingsFile
    maintainers: Maintainers | None
    """Of the repository here."""

    def lists_of(self, me: Sequence[str]) -> tuple[str, ...]:
        """Those that MAINTAINERS here names beside me."""
        return lists_maintained(self.maintainers, me) if self.maintainers else ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written."""

    changes: tuple[tuple[Change, list[str]], ...]
    """Each with the command that makes it."""
    files: tuple[HookFile, ...]
    folder: Path
    """Of the files, also of those that are there already."""
    include: str
    """The line by which procmail or maildrop takes its file in; empty for others."""


def look_around() -> Machine:
    """Nothing is written, and no home is made."""
    home = find_home()
    entries = read_entries(home.settings)
    users = None if home.is_private else find_users()
    email = [one.value for one in entries.get("user.email", ())[-1:]]
    settings = read_settings(entries, [*email, *_addresses(users)])
    file = SettingsFile(home.settings)
    known = {
        name: _known(entries.get(name, ()), file.held(name), getattr(settings, field), home)
        for name, field in _ASKED.items()
    }
    here = _repository_here()
    maintainers = MaintainersFile(here).read() if here else None
    return Machine(home, settings, known, _guesses(home, users, here), file, maintainers)


def plan(machine: Machine, answers: Answers) -> Plan:
    """Compare with what is there."""
    found = []
    for one in plan_changes(machine.known, answers):
        command = machine.file.adding if one.action == ADD else machine.file.removing
        found.append((one, command(one.name, one.value)))
    folder = machine.home.root / "hooks"
    files = tuple(stale_hooks(folder, this_machine()))
    return Plan(tuple(found), files, folder, include_line(answers.mail, folder))


def carry_out(machine: Machine, planned: Plan) -> None:
    """Write it; what a kill leaves undone, the next run does."""
    machine.home.create()
    for _, command in planned.changes:
        machine.file.run(command)
    for file in planned.files:
        write_hook(file)


def spelled(machine: Machine, paths: Sequence[str]) -> tuple[str, ...]:
    """Paths as the settings spell them, else absolute."""
    known = {absolute_path(one): one for one in machine.settings.repository}
    return tuple(known.get(path := absolute_path(one), path) for one in paths)


def _known(
    entries: Sequence[Entry], held: tuple[str, ...], effective: Sequence[str], home: Home
) -> Known:
    counting = {one.value: one.origin for one in entries if one.value in effective}
    elsewhere = {value: origin for value, origin in counting.items() if value not in held}
    return Known(held, elsewhere, tuple(effective), home.is_private)


def _addresses(users: Found | None) -> tuple[str, ...]:
    """Those that the user's notmuch knows."""
    if users is None:
        return ()
    from maintainer_kit.adapters.notmuch.index import NotmuchIndex

    index = NotmuchIndex(users.path, users.config, "", None)
    try:
        return tuple(index.addresses())
    except MkitError:
        return ()
    finally:
        index.close()


def _guesses(home: Home, users: Found | None, here: Path | None) -> Guesses:
    own = Found(home.mail, home.notmuch_config, home.mail)
    has_mail, seen = look_at_mail(users or own)
    return Guesses(
        lists_seen=tuple(seen),
        repositories=(str(here),) if here else (),
        mail=guess_mail(users),
        mailboxes=tuple(str(one) for one in find_mailboxes()),
        old_mail=has_mail and not home.journal.exists(),
    )


def _repository_here() -> Path | None:
    """Not one of the whole home directory, where people keep their dotfiles."""
    try:
        layout = read_layout(Git(None))
    except MkitError:
        return None
    found = layout.top or layout.folder
    return None if found == Path.home() else found
