# SPDX-License-Identifier: GPL-2.0-or-later
"""Orders by mail, by the settings: who verifies them, and whom MAINTAINERS names."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from maintainer_kit.config import MAIL_ON
from maintainer_kit.workflow.orders.obey import Obeyed, obey_orders

if TYPE_CHECKING:  # see workflow/position.py: mostly they are off
    from maintainer_kit.model.maintainers.maintainers import Maintainers
    from maintainer_kit.wiring.workspace import Workspace


def obey_mail(workspace: Workspace) -> Obeyed:
    """Obey what mail that came in tells us to do; nothing unless ``mkit.mailCommands`` is on.

    Call it after a sync. Raises ConfigError for a name server or a keyring that is none.
    """
    settings = workspace.stores.settings
    if settings.mail_commands != MAIL_ON:
        return Obeyed()
    from maintainer_kit.adapters.attest.verifier import MailVerifier

    verifier = MailVerifier(settings.dns, settings.keyring)
    return obey_orders(workspace.stores, verifier, _keepers(workspace))


def _keepers(workspace: Workspace) -> Callable[[Collection[str]], Collection[str]]:
    """Who is ``M:`` of a section that names one of some files; MAINTAINERS is read once somebody
    asks."""
    known: list[Maintainers] | None = None

    def ask(paths: Collection[str]) -> Collection[str]:
        nonlocal known
        if known is None:
            known = _maintainers(workspace)
        return {address for one in known for address in _named(one, paths)}

    return ask


def _maintainers(workspace: Workspace) -> list[Maintainers]:
    """Those of the user's own settings: what a repository says of itself would let anybody in."""
    from maintainer_kit.wiring.maintainers_known import known_maintainers

    given = workspace.entries.get("mkit.repository", ())
    own = tuple(one.value for one in given if not one.is_of_repository)
    return known_maintainers(replace(workspace.stores.settings, repository=own))


def _named(maintainers: Maintainers, paths: Collection[str]) -> set[str]:
    from maintainer_kit.model.maintainers.addresses import people_of

    sections = {match.section for path in paths for match in maintainers.index.matches(path)}
    values = (value for section in sections for value in section.values("M"))
    return {person.key for value in values for person in people_of(value)}
