# SPDX-License-Identifier: GPL-2.0-or-later
"""Who verifies signatures of patches, by the settings; loaded only once somebody asks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.adapters.settings import Entries
    from maintainer_kit.config import Settings
    from maintainer_kit.wiring.workspace import Workspace
    from maintainer_kit.workflow.attested import Attester, MakeAttester

_PATIENCE = 20.0
"""Seconds that the new patches of one sync may take."""


def attester_of(settings: Settings, entries: Entries, home: Path) -> MakeAttester:
    """Keyrings of repositories are those of the user's own settings: what a repository says of
    itself would let anybody in."""

    def make() -> Attester:
        from maintainer_kit.adapters.attest.kept import KeptAttestations
        from maintainer_kit.adapters.attest.patch_verifier import SignedPatches
        from maintainer_kit.adapters.settings import absolute_path
        from maintainer_kit.workflow.attested import Attester

        given = entries.get("mkit.repository", ())
        own = [Path(absolute_path(one.value)) for one in given if not one.is_of_repository]
        verifier = SignedPatches(settings.dns, settings.keyring, own)
        return Attester(verifier, KeptAttestations(home))

    return make


def attest_new(workspace: Workspace) -> int:
    """Verify patches that came in, within a bounded time; how many."""
    from time import monotonic

    from maintainer_kit.workflow.attest import attest_arrivals

    end = monotonic() + _PATIENCE
    return attest_arrivals(workspace.stores, lambda: monotonic() < end)
