# SPDX-License-Identifier: GPL-2.0-or-later
"""Who checks what comes in, by the settings; rules are loaded only once there is something."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from maintainer_kit import __version__
from maintainer_kit.adapters.kept.profile_folder import profiles_mark
from maintainer_kit.config import CHECK_OFF, Settings
from maintainer_kit.lazy.dataclass import replace
from maintainer_kit.workflow.arrivals import Examiner

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.adapters.settings import Entries
    from maintainer_kit.checks.series import Series
    from maintainer_kit.wiring.checkroom import Checkroom
    from maintainer_kit.workflow.check import Judge
    from maintainer_kit.workflow.list_settings import Pairs


def examiner_of(settings: Settings, entries: Entries) -> Examiner | None:
    """None where ``mkit.check`` is off."""
    if settings.check == CHECK_OFF:
        return None
    # What came in does not change with the directory that the reader is in.
    given = [one for one in entries.get("mkit.profile", ()) if not one.is_of_repository]
    settings = replace(settings, profile=given[-1].value if given else "")
    try:
        own = profiles_mark()
    except OSError as error:
        own = str(error)  # whoever chooses such a profile is told why it cannot be read
    of_lists = "".join(f"\n{line}" for line in settings.list_profile)
    mark = f"{__version__}\n{settings.profile}\n{own}{of_lists}"
    return Examiner(mark, _Bench(settings).judge)


class _Bench:
    """Judges by the lists that a series went to."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._room: Checkroom | None = None
        self._known: frozenset[str] = frozenset()
        self._named: Pairs = ()

    def judge(self, series: Series) -> Judge:
        from maintainer_kit.workflow.check import lists_of

        room = self._room or self._open()
        return room.judge(sorted(set(self._telling(lists_of((series,))))))[0]

    def _open(self) -> Checkroom:
        from maintainer_kit.adapters.profiles import detections
        from maintainer_kit.wiring.checkroom import Checkroom, CheckWish
        from maintainer_kit.workflow.list_settings import list_profiles

        heads = (detect for detect, _ in detections().values())
        self._known = frozenset(one.lower() for detect in heads for one in detect.lists)
        self._named = list_profiles(self._settings)
        self._room = Checkroom(CheckWish(), self._settings, facts=None)
        return self._room

    def _telling(self, addresses: Iterable[str]) -> Iterable[str]:
        """Those that profiles know, and one for all others of a place that one knows: most
        addresses of a mail are people's, and there are not many different sets without these."""
        for one in addresses:
            at = f"@{one.rpartition('@')[2]}".lower()
            if one.lower() in self._known or self._is_named(one):
                yield one
            elif at in self._known:
                yield f"any{at}"

    def _is_named(self, address: str) -> bool:
        if not self._named:
            return False
        from maintainer_kit.workflow.list_settings import said_of

        return said_of(self._named, [address.lower().replace("@", ".")]) is not None
