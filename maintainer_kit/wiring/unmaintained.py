# SPDX-License-Identifier: GPL-2.0-or-later
"""Which files nobody looks after, by MAINTAINERS of the repositories of the settings."""

from __future__ import annotations

from collections.abc import Callable, Collection

from maintainer_kit.config import Settings
from maintainer_kit.errors import NotFound

Unmaintained = Callable[[Collection[str]], frozenset[str]]


def unmaintained_of(settings: Settings) -> Unmaintained:
    """Asks only when it is called: most verbs never do.

    What it gives raises NotFound where no repository has a MAINTAINERS.
    """

    def ask(paths: Collection[str]) -> frozenset[str]:
        from maintainer_kit.wiring.maintainers_known import known_maintainers

        known = known_maintainers(settings)
        if not known:
            words = "no repository of the settings has a MAINTAINERS"
            raise NotFound(words, "git config --add mkit.repository DIRECTORY")
        # A file of one project is no file of another: whoever knows it speaks.
        left = [frozenset(one.unmaintained(paths)) for one in known]
        return frozenset.intersection(*left)

    return ask
