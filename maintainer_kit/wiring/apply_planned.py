# SPDX-License-Identifier: GPL-2.0-or-later
"""What is planned is applied, from the first patch to the branch."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.adapters.git.publish import is_at, short_name
from maintainer_kit.adapters.kept.applications import Laid
from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.wiring.applying import Site
from maintainer_kit.workflow.applying.application import Application, Phase
from maintainer_kit.workflow.applying.plan import Plan
from maintainer_kit.workflow.applying.ports import Say


def apply_planned(
    site: Site, plan: Plan, refs: Sequence[str], say: Say, *, dry_run: bool = False
) -> Application:
    """How far it came: where it stopped it waits for a person; a dry run leaves nothing.

    ``refs`` are those below which other bases may be looked for. Whatever is raised, by ``say``
    too, nothing is left of it, unless the branch has moved already. Raises Refused where patches
    are being applied to that branch already.
    """
    one = plan.application
    folder = site.folder(one.branch)
    with folder.held():
        if folder.read() is not None:
            name = visible_line(short_name(one.branch))
            hint = "mkit apply --status; --continue, --skip or --abort"
            raise Refused(f"patches are being applied to {name} already", hint)
        folder.lay(one, plan.parcels, refs)
        try:
            return _carried_out(site, plan, Laid(plan.parcels, tuple(refs)), say, dry_run=dry_run)
        except BaseException:
            if not has_moved(site, folder.read()):
                folder.drop()
            raise


def has_moved(site: Site, one: Application | None) -> bool:
    """Whether the branch has all of it: only that was not noted any more."""
    is_ready = one is not None and one.phase is Phase.PUBLISHING and one.head != one.base
    return one is not None and is_ready and is_at(site.source.git, one.branch, one.head)


def _carried_out(site: Site, plan: Plan, laid: Laid, say: Say, *, dry_run: bool) -> Application:
    folder = site.folder(plan.application.branch)
    with site.run(folder, laid, say) as run:
        one = run.begin(plan.application, plan.bases)
        if dry_run:
            folder.drop()
            return one
        # Before the branch moves: whoever is told of a failure has no commits there.
        site.remember(plan)
        if one.phase is not Phase.STOPPED:
            run.finish(one)
    return one
