# SPDX-License-Identifier: GPL-2.0-or-later
"""A patch that waits, in a person's editor or shell."""

from __future__ import annotations

from maintainer_kit.adapters.editor import EditorFailed, edit, run_editor, run_shell
from maintainer_kit.adapters.git.applying.work_tree import is_plain
from maintainer_kit.adapters.kept.applications import ApplicationFolder
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
    """The files that want looking at in an editor, or a shell where they are. A link, or what lies
    below one, is no file of the tree. Raises Refused where none is left, and EditorFailed."""
    if step == "shell":
        run_shell(folder.tree, site.variables(folder))
        return
    beside = [path.removesuffix(".rej") for path in one.paths if path.endswith(".rej")]
    names = [path for path in (*beside, *one.paths) if is_plain(folder.tree, path)]
    if not names:
        raise Refused("no file of the tree waits for you", "mkit apply --shell, or --edit-patch")
    if code := run_editor(folder.tree, list(dict.fromkeys(names))):
        raise EditorFailed(f"the editor ended with {code}", "mkit apply --edit-tree")
