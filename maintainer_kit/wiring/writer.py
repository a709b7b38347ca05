# SPDX-License-Identifier: GPL-2.0-or-later
"""Who writes mail here, by mkit's settings or git's."""

from __future__ import annotations

from maintainer_kit.adapters.home import find_home
from maintainer_kit.adapters.settings import read_entries
from maintainer_kit.config import read_settings
from maintainer_kit.errors import ConfigError
from maintainer_kit.model.mail.person import Person


def find_writer() -> tuple[Person, tuple[str, ...]]:
    """Name and address of the user, and the lists that he maintains.

    Raises ConfigError where nobody has said who he is.
    """
    entries = read_entries(find_home().settings)
    git_email = [entries["user.email"][-1].value] if "user.email" in entries else []
    settings = read_settings(entries, git_email)
    if not settings.me or "@" not in settings.me[0]:
        raise ConfigError("nobody has said who writes", "git config --global user.email ADDRESS")
    name = settings.name[0] if settings.name else ""
    return Person(name, settings.me[0]), settings.list
