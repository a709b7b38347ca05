# SPDX-License-Identifier: GPL-2.0-or-later
"""Review by editing: where a series is laid out, and the editor that opens there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from maintainer_kit.adapters.editor import EditorFailed, run_editor, run_shell
from maintainer_kit.adapters.git.applying.code_tree import KIND, ReviewTree
from maintainer_kit.adapters.kept.job_folder import JobFolder, path_of
from maintainer_kit.errors import Refused
from maintainer_kit.model.reply.draft import Draft
from maintainer_kit.render.am_diff import diff_bytes
from maintainer_kit.wiring.applying import Site, open_site
from maintainer_kit.wiring.places import sought
from maintainer_kit.wiring.workspace import Workspace
from maintainer_kit.workflow.replying.code import Code, lay_out, read_code, take_changes
from maintainer_kit.workflow.replying.desk import Desk

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class EditWish:
    """How the user wants to edit."""

    number: int | None = None
    """The one patch that is meant."""
    repository: Path | None = None
    onto: str = ""
    shell: bool = False
    """A shell instead of the editor."""


def edit_code(
    workspace: Workspace, desk: Desk, word: str, wish: EditWish, say: Say = lambda words: None
) -> list[Draft]:
    """Let the user change the code of a series, on the terminal, and suggest that in the replies:
    those that suggest something now. ``say`` is told where it was applied.

    Where the editor fails the tree stays, and the next time it is gone on with: EditorFailed names
    it. Raises Refused where the series does not apply.
    """
    code = read_code(workspace.stores, word, wish.number)
    lists = code.series.topic.root.lists
    what = sought((one.diff for one in code.patches), lists)
    site = open_site(workspace, wish.repository, what)
    with _tree(workspace, site, code) as tree:
        words = lay_out(desk, code, tree, site.source, site.refs(), diff_bytes, wish.onto)
        say(words)
        _run(tree, code, wish.shell)
        changes = tree.changes()
        if changes.unfit:
            told = ", ".join(changes.unfit)
            raise Refused(f"{told}: no mail carries that; it lies in {tree.place}", "undo it there")
        drafts = take_changes(desk, code, changes)
        tree.drop()
    return drafts


def _run(tree: ReviewTree, code: Code, shell: bool) -> None:
    if shell:
        run_shell(tree.tree)
        return
    names = tree.files(code.paths)
    if not names:
        raise Refused("no file that it touches can be edited", "--shell, for all of the tree")
    if ended := run_editor(tree.tree, names):
        words = f"the editor ended with {ended}; what you changed is in {tree.place}"
        raise EditorFailed(words, "mkit reply TARGET --edit-code goes on with it")


@contextmanager
def _tree(workspace: Workspace, site: Site, code: Code) -> Iterator[ReviewTree]:
    folder = JobFolder(KIND, path_of(KIND, workspace.home.root, "\n".join(code.message_ids)))
    with folder.held():
        yield ReviewTree(site.source.git, folder)
