# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads a patch and a commit that it may be, from the mail store and from git."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from maintainer_kit.adapters.git.comparing.beside_mail import GitCompare
from maintainer_kit.model.queue.landed import Landing
from maintainer_kit.workflow.landing import pair
from maintainer_kit.workflow.landing.pair import Pair
from maintainer_kit.workflow.stores import Stores


def read_pair(stores: Stores, landing: Landing) -> Pair:
    """Both sides of a landing."""
    return pair.read_pair(stores, _repository, landing)


def range_diff(found: Pair) -> Sequence[str]:
    """What ``git range-diff`` tells of the two; see ``workflow.landing.pair``."""
    return pair.range_diff(_repository, found)


def _repository(place: str) -> GitCompare:
    return GitCompare(Path(place))
