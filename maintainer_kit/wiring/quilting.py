# SPDX-License-Identifier: GPL-2.0-or-later
"""Folders of quilt's, and what is written into them."""

from __future__ import annotations

from pathlib import Path

from maintainer_kit.adapters.quilt import PatchFolder, find_series
from maintainer_kit.render.quilt_patch import quilt_patch
from maintainer_kit.wiring.committer import archive_of
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.applying.message import Manner
from maintainer_kit.workflow.comparing.series_file import Contents
from maintainer_kit.workflow.quilting.exporting import Exported, export
from maintainer_kit.workflow.quilting.importing import Imported, import_series
from maintainer_kit.workflow.quilting.wanted import read_wanted


def export_quilt(workspace: Workspace, word: str, path: Path) -> Exported:
    """Write the posting that a word names into a folder. Raises Refused and NotFound."""
    wanted = read_wanted(workspace.stores, word, _manner(workspace))
    return export(workspace.stores, wanted, PatchFolder(path), quilt_patch)


def import_quilt(workspace: Workspace, path: Path, topic: str, contents: Contents) -> Imported:
    """Read a folder, and what differs from the topic that it came from. Raises Refused and
    NotFound."""
    folder = find_series(path)
    manner = _manner(workspace)
    return import_series(workspace.stores, folder, quilt_patch, manner, contents, topic)


def _manner(workspace: Workspace) -> Manner:
    """As mkit apply has it, but nobody signs off: who commits it does."""
    return Manner(archive_of(workspace.stores.settings))
