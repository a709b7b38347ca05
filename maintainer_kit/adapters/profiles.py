# SPDX-License-Identifier: GPL-2.0-or-later
"""Profiles as files: those that mkit ships, the user's own, and a repository's ``.mkit.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

from maintainer_kit import checks
from maintainer_kit.adapters.kept.profile_folder import user_folder
from maintainer_kit.checks.profile import Detect, Profile, apply, read_profile
from maintainer_kit.errors import ConfigError, NotFound
from maintainer_kit.lazy.pattern import lazy_pattern

SHIPPED = ("generic", "kernel", "netdev", "tip", "git", "dpdk", "stable", "qemu", "drm")
GENERIC = SHIPPED[0]
OF_REPOSITORY = ".mkit.toml"
"""At the top of a repository; whoever wrote it is not trusted with more than ``_KEYS``."""

_KEYS = ("profile", "rules")
_NAME = lazy_pattern(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_MOST = 1 << 20
# Not by importlib.resources, which takes longer to import than nine profiles to read.
_FOLDER = Path(checks.__path__[0]) / "profiles"


def names() -> tuple[str, ...]:
    """All profiles that there are, mkit's first."""
    try:
        found = sorted(one.stem for one in user_folder().glob("*.toml"))
    except OSError:
        found = []
    return tuple(dict.fromkeys((*SHIPPED, *(one for one in found if _NAME.fullmatch(one)))))


def load_profile(name: str) -> Profile:
    """A profile with what it inherits. Raises NotFound, or ConfigError for one that is wrong."""
    load = _loader()
    return read_profile(name, load(name), load)


def over(text: str, below: Profile) -> Profile:
    """A repository's ``.mkit.toml`` over a profile: its rules, under the profile's own name."""
    data = read_table(text)
    made = apply(OF_REPOSITORY, data, below)
    return Profile(below.name, below.words, made.settings, below.detect, made.lineage)


def wanted_by(text: str) -> str:
    """The profile that a ``.mkit.toml`` asks for; empty when it leaves that open."""
    name = read_table(text).get("profile", "")
    if not isinstance(name, str):
        raise ConfigError(f"{OF_REPOSITORY}: profile is no name", f'profile = "{GENERIC}"')
    return name


def read_table(text: str) -> dict[str, object]:
    """A ``.mkit.toml``; nothing in it but the two keys means anything, and none runs a program."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{OF_REPOSITORY}: {error}") from error
    if unknown := [key for key in data if key not in _KEYS]:
        raise ConfigError(f"{OF_REPOSITORY}: {unknown[0]!r} means nothing", " or ".join(_KEYS))
    return data


def detections() -> dict[str, tuple[Detect, tuple[str, ...]]]:
    """Of each profile by what it is known, and its lineage, without reading its rules."""
    heads = {name: _head(name) for name in names()}
    return {
        name: (apply(name, {"detect": head.get("detect", {})}, None).detect, _lineage(name, heads))
        for name, head in heads.items()
    }


def _lineage(name: str, heads: dict[str, dict[str, object]]) -> tuple[str, ...]:
    found = [name]
    while (parent := heads.get(found[-1], {}).get("inherits")) and parent not in found:
        found.append(str(parent))
    return tuple(found)


def _head(name: str) -> dict[str, object]:
    """What a profile says above its rules, by which nobody can tell a repository; empty for one
    that cannot be read: whoever asks for it is told why."""
    try:
        text = _text_of(name)
        head, _, rules = text.partition("\n[rules]")
        # Rules are many, and slow to read; they stand last where mkit wrote the file.
        return tomllib.loads(head if "\n[" not in rules else text)
    except (NotFound, ConfigError, tomllib.TOMLDecodeError):
        return {}


def _loader() -> Callable[[str], str]:
    """Texts of profiles by name. A user's own ``kernel`` may inherit from mkit's ``kernel``."""
    seen: set[str] = set()

    def load(name: str) -> str:
        is_again = name in seen
        seen.add(name)
        return _text_of(name, is_shipped=is_again and name in SHIPPED)

    return load


def _text_of(name: str, is_shipped: bool = False) -> str:
    if not _NAME.fullmatch(name):
        raise NotFound(f"there is no profile {name[:64]!r}", ", ".join(names()))
    own = None if is_shipped else _read(user_folder() / f"{name}.toml")
    if own is not None:
        return own
    if name in SHIPPED:
        return (_FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    raise NotFound(f"there is no profile {name!r}", ", ".join(names()))


def _read(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return file.read(_MOST).decode("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from error
