# SPDX-License-Identifier: GPL-2.0-or-later
"""Stores that are open for days: what each keeps in memory of the catalogue is bounded."""

from __future__ import annotations

from maintainer_kit.adapters.catalogue.catalogue import SqliteCatalogue
from maintainer_kit.workflow.stores import Stores


def keep_little(stores: Stores, kib: int) -> None:
    """Let these stores keep so many KiB of the catalogue's pages, whose file the system keeps
    as well; what a verb keeps that ends soon would add up."""
    catalogue = stores.catalogue
    assert isinstance(catalogue, SqliteCatalogue)
    catalogue.db.execute(f"PRAGMA cache_size = -{kib:d}")
