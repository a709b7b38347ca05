# SPDX-License-Identifier: GPL-2.0-or-later
"""By which rules the series of a mailing list are checked, wherever they are looked at."""

from __future__ import annotations

from collections.abc import Callable

from maintainer_kit.adapters.settings import Entries
from maintainer_kit.config import Settings
from maintainer_kit.lazy.dataclass import replace
from maintainer_kit.wiring.checkroom import Checkroom, CheckWish


def profiles_of(settings: Settings, entries: Entries) -> Callable[[str], str]:
    """The name of the profile for a list, by its List-Id."""
    given = [one for one in entries.get("mkit.profile", ()) if not one.is_of_repository]
    settings = replace(settings, profile=given[-1].value if given else "")
    room = Checkroom(CheckWish(), settings, facts=None)
    return lambda name: room.profile([_address(name)])[0].name


def _address(name: str) -> str:
    """Names of lists have no dot."""
    local, _, host = name.partition(".")
    return f"{local}@{host}"
