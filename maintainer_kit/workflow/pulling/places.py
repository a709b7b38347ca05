# SPDX-License-Identifier: GPL-2.0-or-later
"""Which archive is asked, by the settings."""

from __future__ import annotations

from maintainer_kit.config import Settings
from maintainer_kit.errors import ConfigError, Refused
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.message.archive_place import MailPlace, NoPlace, read_archive, read_place

_NAME = lazy_pattern(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,120}")


def usual_archive(settings: Settings) -> str:
    """The archive of everything. Raises ConfigError."""
    return _configured("mkit.lore", settings.lore)


def list_archives(settings: Settings) -> dict[str, str]:
    """The archives of lists that the settings name, by the list's name in lower case."""
    found: dict[str, str] = {}
    for line in settings.archive:
        name, _, address = line.strip().partition(" ")
        if not _NAME.fullmatch(name) or not address:
            raise ConfigError(
                "mkit.archive says no NAME and ADDRESS",
                'git config --global --add mkit.archive "NAME https://HOST/NAME/"',
            )
        found[name.lower()] = _configured("mkit.archive", address.strip())
    return found


def list_archive(settings: Settings, word: str) -> str:
    """The archive of a list by its name, its address, or that of its archive.

    A name that the settings do not know is taken to be beside the usual archive. Raises Refused.
    """
    if "://" in word:
        try:
            return read_archive(word)
        except NoPlace as error:
            raise Refused(f"--list: {error}", "mkit pull --list NAME") from error
    name = word.partition("@")[0]
    if not _NAME.fullmatch(name):
        raise Refused(f"{word[:80]!r} is no name of a list", "mkit pull --list NAME")
    known = list_archives(settings)
    return known.get(name.lower()) or f"{usual_archive(settings).rpartition('/')[0]}/{name}"


def mail_place(settings: Settings, word: str) -> MailPlace:
    """Which mail is wanted, and from where. Raises Refused."""
    try:
        place = read_place(word)
    except NoPlace as error:
        hint = "mkit pull ID@HOST, or the address of a mail; mkit import FILE for files"
        raise Refused(str(error), hint) from error
    return MailPlace(place.message_id, place.archive or usual_archive(settings))


def _configured(key: str, address: str) -> str:
    try:
        return read_archive(address)
    except NoPlace as error:
        raise ConfigError(
            f"{key}: {error}", f"git config --global {key}, and see netrc(5)"
        ) from error
