# SPDX-License-Identifier: GPL-2.0-or-later
"""Who commits what mkit brings into a repository, and what is added to messages."""

from __future__ import annotations

import os

from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.home import Home
from maintainer_kit.config import Settings
from maintainer_kit.errors import ConfigError
from maintainer_kit.model.mail.person import Person, parse_person

_ASK = ("var", "GIT_COMMITTER_IDENT")
_OFF = ("", "off", "no")
_IDENTITY = ("GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL")


def archive_of(settings: Settings, said: str | None = None) -> str:
    """The archive that ``Link:`` is to name, by the settings unless it is said; empty for none."""
    wanted = settings.apply_link if said is None else said
    return "" if wanted in _OFF else wanted


def find_committer(git: Git, home: Home, settings: Settings) -> Person:
    """As git says in that repository (``git var GIT_COMMITTER_IDENT``), where a home of its own
    stands for the user's configuration, if it says so; else who mkit knows that the user is.

    Raises ConfigError where nobody has said it.
    """
    known = {name: os.environ[name] for name in _IDENTITY if os.environ.get(name)}
    own = {"GIT_CONFIG_GLOBAL": str(home.settings.absolute())} if home.settings else {}
    for env in (own, {}) if own else ({},):
        # Without useConfigOnly git makes a name up, of the user's and the machine's.
        done = git.run("-c", "user.useConfigOnly=true", *_ASK, env={**known, **env})
        text = done.stdout.decode("utf-8", "replace").rpartition(">")[0]
        found = parse_person(f"{text}>")
        if not done.code and "@" in found.address:
            return found
    if settings.me:
        return Person(settings.name[0] if settings.name else "", settings.me[0])
    raise ConfigError("nobody has said who commits", "git config --global user.email ADDRESS")
