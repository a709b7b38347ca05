# SPDX-License-Identifier: GPL-2.0-or-later
"""A patch that waits, in a person's editor or shell."""

from __future__ import annotations

from maintainer_kit.adapters.applications import ApplicationFolder
from maintainer_kit.adapters.editor import edit
from maintainer_kit.adapters.hand_work import edit_files, open_shell
from maintainer_kit.errors import Refused
from maintainer_kit.wiring.applying import Site
from maintainer_kit.workflow.applying.application import Application
from maintainer_kit.workflow.applying.recount import recounted

_CUT = b"\n---\n\n"


def edited_diff(folder: ApplicationFolder, one: Application) -> bytes:
    """What the user makes of the diff, with the counts of its hunks mended. Raises Refused where
    nothing is left of it, or nothing was changed."""
    raw = folder.laid().parcels[one.at].mail
    if b"\nContent-Transfer-Encoding: base64\n" in raw.partition(b"\n\n")[0]:
        raise Refused("its file has carriage returns, which no editor keeps", "--edit-tree")
    text = raw.partition(_CUT)[2].decode("utf-8", "surrogateescape")
    if any("\udc80" <= char <= "\udcff" for char in text):
        raise Refused("its file is not in UTF-8, which no editor keeps", "--edit-tree")
    left = edit(folder.path / f"{one.at + 1:04}.diff", text)
    if not left.strip():
        raise Refused("nothing is left of the patch", "mkit apply --skip")
    return recounted(left).encode()


def work_in_tree(site: Site, folder: ApplicationFolder, one: Application, step: str) -> None:
    """The files that want looking at in an editor, or a shell where they are."""
    if step == "shell":
        open_shell(folder.tree, site.variables(folder))
        return
    paths = [path for path in one.paths if (folder.tree / path).is_file()]
    beside = [path.removesuffix(".rej") for path in paths if path.endswith(".rej")]
    edit_files(folder.tree, [*(one for one in beside if (folder.tree / one).is_file()), *paths])
