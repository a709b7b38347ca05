# SPDX-License-Identifier: GPL-2.0-or-later
"""A test as it is configured: ``mkit.test = NAME [each|tip] [OPTION=VALUE...] COMMAND...``."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from maintainer_kit.errors import ConfigError
from maintainer_kit.lazy.dataclass import dataclass, replace
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.text import visible_line

EACH, TIP, KEEP = "each", "tip", "keep"
_NAME = lazy_pattern(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
_TIME = lazy_pattern(r"([0-9]{1,9})([smhd]?)")
_SIZE = lazy_pattern(r"([0-9]{1,9})([KMGT]?)")
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
_BYTES = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
_LONGEST, _BIGGEST = 366 * 86400, 1 << 60
_EXAMPLE = "git config --global --add mkit.test 'build each timeout=30m make -s -j4'"


@dataclass(frozen=True, slots=True)
class Configuration:
    """What is run on commits, and within which bounds."""

    name: str
    command: str
    """For ``sh``, as the user wrote it."""
    on_each: bool = True
    """It runs on every commit; else on the tip alone, until that fails."""
    seconds: int = 3600
    memory: int = 0
    """Bytes that it may take; 0 for as much as there is."""
    cores: int = 1
    """How many it keeps busy."""
    keeps: bool = False
    """What one commit's run built is there for the next, and its tree is not cleaned between."""
    junit: tuple[str, ...] = ()
    """Files of JUnit's XML that it writes, as patterns below the work tree."""


def read_configurations(values: Iterable[str]) -> tuple[Configuration, ...]:
    """All of the settings, in their order. Raises ConfigError for what cannot be understood, and
    where two have one name."""
    found: dict[str, Configuration] = {}
    for value in values:
        one = read_configuration(value)
        if one.name in found:
            raise ConfigError(f"mkit.test has {one.name} twice", "git config --edit --global")
        found[one.name] = one
    return tuple(found.values())


def read_configuration(value: str) -> Configuration:
    """One value of ``mkit.test``."""
    name, rest = _word(value)
    if not _NAME.fullmatch(name):
        raise _error(value, "NAME is letters, digits, . _ and -")
    found = Configuration(name, "")
    while rest:
        word, after = _word(rest)
        option, is_set, said = word.partition("=")
        if word in _WORDS:
            found = _WORDS[word](found)
        elif is_set and option in _OPTIONS:
            changed = _OPTIONS[option](found, said)
            if changed is None:
                raise _error(value, f"{option}={said} cannot be understood")
            found = changed
        else:
            return replace(found, command=rest)
        rest = after
    raise _error(value, "it has no COMMAND")


def _word(text: str) -> tuple[str, str]:
    first, *rest = text.split(None, 1) or [""]
    return first, rest[0].strip() if rest else ""


def _error(value: str, why: str) -> ConfigError:
    shown = visible_line(value)[:120]
    return ConfigError(f"mkit.test is {shown!r}: {visible_line(why)[:120]}", _EXAMPLE)


def _timeout(found: Configuration, said: str) -> Configuration | None:
    match = _TIME.fullmatch(said)
    seconds = int(match[1]) * _SECONDS[match[2]] if match else 0
    return replace(found, seconds=seconds) if 0 < seconds <= _LONGEST else None


def _memory(found: Configuration, said: str) -> Configuration | None:
    match = _SIZE.fullmatch(said)
    size = int(match[1]) * _BYTES[match[2]] if match else 0
    return replace(found, memory=size) if 0 < size <= _BIGGEST else None


def _cores(found: Configuration, said: str) -> Configuration | None:
    is_number = said.isascii() and said.isdigit() and 0 < len(said) < 5 and int(said) > 0
    return replace(found, cores=int(said)) if is_number else None


def _junit(found: Configuration, said: str) -> Configuration | None:
    """A pattern that leads out of the work tree is none."""
    parts = said.split("/")
    if (
        not said
        or not parts[0]
        or ".." in parts
        or any("**" in one and one != "**" for one in parts)
    ):
        return None
    return replace(found, junit=(*found.junit, said))


_WORDS: dict[str, Callable[[Configuration], Configuration]] = {
    EACH: lambda found: replace(found, on_each=True),
    TIP: lambda found: replace(found, on_each=False),
    KEEP: lambda found: replace(found, keeps=True),
}
_OPTIONS = {"timeout": _timeout, "memory": _memory, "cores": _cores, "junit": _junit}
