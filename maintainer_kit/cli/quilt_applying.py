# SPDX-License-Identifier: GPL-2.0-or-later
"""``quilt import --to``: the series goes into a branch, as ``apply`` would bring it there."""

from __future__ import annotations

from maintainer_kit.cli.apply import Asked
from maintainer_kit.cli.apply_steps import carry_out
from maintainer_kit.render.am_mbox import am_mail
from maintainer_kit.wiring.applying import open_site
from maintainer_kit.wiring.places import sought
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.quilting.applying import ToBranch, plan_series
from maintainer_kit.workflow.quilting.importing import Imported


def apply_series(workspace: Workspace, found: Imported, asked: Asked) -> None:
    """The patches have their trailers and their ``Link:`` from the export; what is added is my
    Signed-off-by."""
    topic = found.wanted.series.topic
    what = sought((one.diff for one in found.series.patches), topic.root.lists)
    site = open_site(workspace, asked.repository, what)
    manner = site.manner("off", asked.signs)
    wish = ToBranch(asked.branch, asked.onto, site.refs(), manner)
    carry_out(site, plan_series(found, site.source, wish, am_mail), wish.refs, asked)
