# SPDX-License-Identifier: GPL-2.0-or-later
"""File trees as plain dictionaries, and the edits that scripts make to them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sample_mboxes.generator.script import ScriptError, Section

Tree = dict[str, tuple[str, bytes]]
"""Path to mode ("100644") and content."""

EDIT_VERBS = frozenset({"edit", "new", "delete", "rename", "mode", "binary"})


@dataclass(frozen=True)
class Edit:
    """One change to one file, as the script spells it."""

    verb: str
    words: tuple[str, ...]
    text: str
    where: str


def edit_from(section: Section) -> Edit:
    """The edit a section stands for."""
    return Edit(section.verb, section.words, section.text, section.where)


def swap(edits: tuple[Edit, ...], section: Section) -> tuple[Edit, ...]:
    """Reword edits by lines of `old => new`; a pilcrow stands for a line's end."""
    for line in section.lines:
        old, arrow, new = line.replace("\N{PILCROW SIGN}", "\n").partition(" => ")
        if not arrow or not any(old in edit.text for edit in edits):
            raise ScriptError(f"{section.where}: nothing to swap for {line!r}")
        edits = tuple(replace(edit, text=edit.text.replace(old, new)) for edit in edits)
    return edits


def apply(tree: Tree, edits: tuple[Edit, ...]) -> Tree:
    """A new tree with the edits made; `ScriptError` where one does not fit."""
    result = dict(tree)
    for edit in edits:
        _apply_one(result, edit)
    return result


def _apply_one(tree: Tree, edit: Edit) -> None:
    path = edit.words[0]
    if edit.verb == "new":
        tree[path] = ("100644", edit.text.encode())
    elif edit.verb == "binary":
        tree[path] = ("100644", bytes.fromhex(edit.text))
    elif edit.verb == "delete":
        del tree[path]
    elif edit.verb == "rename":
        tree[edit.words[1]] = tree.pop(path)
    elif edit.verb == "mode":
        tree[path] = (edit.words[1], tree[path][1])
    else:
        if path not in tree:
            raise ScriptError(f"{edit.where}: no file {path}")
        mode, content = tree[path]
        tree[path] = (mode, _patch(content.decode(), edit).encode())


def _patch(content: str, edit: Edit) -> str:
    for hunk in ("\n" + edit.text).split("\n@@\n"):
        lines = hunk.strip("\n").split("\n")
        old = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "+")
        new = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "-")
        found = ("\n" + content).count("\n" + old)
        if found != 1:
            raise ScriptError(f"{edit.where}: {edit.words[0]}: hunk fits {found} times:\n{old}")
        content = ("\n" + content).replace("\n" + old, "\n" + new)[1:]
    return content
