# SPDX-License-Identifier: GPL-2.0-or-later
"""Decisions while another process writes to the catalogue: taken at once, counted in later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maintainer_kit.adapters.catalogue.catalogue import SqliteCatalogue
from maintainer_kit.adapters.catalogue.foreseen import at_once
from maintainer_kit.adapters.catalogue.foreseen import foresee as foresee_in
from maintainer_kit.adapters.catalogue.foreseen import is_busy as is_held_up
from maintainer_kit.errors import StateError
from maintainer_kit.workflow.foreseen import Foreseen
from maintainer_kit.workflow.stores import Stores

if TYPE_CHECKING:  # not before somebody decides: all that judges topics comes with it
    from maintainer_kit.workflow.decide import Recorded

__all__ = ["count_in_at_once", "foresee", "is_held_up"]


def foresee(stores: Stores, foreseen: Foreseen) -> None:
    """Let these stores answer as if ``foreseen`` were counted in; they are then only read."""
    foresee_in(_catalogue(stores), foreseen)


def count_in_at_once(stores: Stores, recorded: Recorded) -> bool:
    """Count a decision in, unless another process writes just now; whether that was done."""
    from maintainer_kit.workflow.decide import count_in

    try:
        with at_once(_catalogue(stores)):
            count_in(stores, [recorded])
    except StateError as error:
        if is_held_up(error):
            return False
        raise
    return True


def _catalogue(stores: Stores) -> SqliteCatalogue:
    catalogue = stores.catalogue
    assert isinstance(catalogue, SqliteCatalogue)
    return catalogue
