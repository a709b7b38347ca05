# SPDX-License-Identifier: GPL-2.0-or-later
"""Git's objects: ids, computed here so that texts may name commits; a fast-import stream."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from sample_mboxes.generator.tree import Tree


def object_id(kind: str, content: bytes) -> str:
    """The SHA-1 git gives to an object."""
    return hashlib.sha1(b"%s %d\0" % (kind.encode(), len(content)) + content).hexdigest()


def tree_id(tree: Tree) -> str:
    """The id of a tree with its folders."""
    blobs: list[tuple[str, str, str]] = []
    folders: dict[str, Tree] = {}
    for path, (mode, content) in tree.items():
        folder, slash, rest = path.partition("/")
        if slash:
            folders.setdefault(folder, {})[rest] = (mode, content)
        else:
            blobs.append((path, mode, object_id("blob", content)))
    # git sorts a folder as if its name ended in a slash
    entries = blobs + [(f"{name}/", "40000", tree_id(sub)) for name, sub in folders.items()]
    return object_id(
        "tree",
        b"".join(
            f"{mode} {name.rstrip('/')}\0".encode() + bytes.fromhex(sha)
            for name, mode, sha in sorted(entries, key=lambda entry: entry[0].encode())
        ),
    )


@dataclass(frozen=True)
class Commit:
    """A commit with its whole tree; `author` and `committer` as git writes them, with date."""

    tree: Tree = field(repr=False)
    parents: tuple[Commit, ...]
    author: str
    committer: str
    message: str

    def __post_init__(self) -> None:
        head = f"tree {self.tree_id}\n" + "".join(f"parent {p.id}\n" for p in self.parents)
        text = f"{head}author {self.author}\ncommitter {self.committer}\n\n{self.message}"
        object.__setattr__(self, "id", object_id("commit", text.encode()))

    id: str = field(init=False, default="")

    @cached_property
    def tree_id(self) -> str:
        """The id of its tree."""
        return tree_id(self.tree)

    @property
    def subject(self) -> str:
        """First line of the message."""
        return self.message.partition("\n")[0]


@dataclass(frozen=True)
class Tag:
    """An annotated tag."""

    name: str
    target: Commit
    tagger: str
    message: str


def fast_import(refs: Iterable[tuple[str, Commit]], tags: Iterable[Tag] = ()) -> bytes:
    """A stream that gives the refs, with all history below them."""
    marks: dict[str, int] = {}
    out: list[bytes] = []
    for ref, tip in refs:
        for commit in _missing(tip, marks):
            marks[commit.id] = len(marks) + 1
            out.append(_commit(ref, commit, marks))
        out.append(f"reset {ref}\nfrom :{marks[tip.id]}\n\n".encode())
    for tag in tags:
        head = f"tag {tag.name}\nfrom :{marks[tag.target.id]}\ntagger {tag.tagger}\n"
        out.append(head.encode() + _data(tag.message.encode()))
    return b"".join(out) + b"done\n"


def _missing(tip: Commit, marks: dict[str, int]) -> list[Commit]:
    order: list[Commit] = []
    seen = set(marks)
    stack = [tip]
    while stack:
        commit = stack.pop()
        if commit.id in seen:
            continue
        waiting = [parent for parent in commit.parents if parent.id not in seen]
        if waiting:
            stack += [commit, *waiting]
        else:
            seen.add(commit.id)
            order.append(commit)
    return order


def _commit(ref: str, commit: Commit, marks: dict[str, int]) -> bytes:
    out = [f"commit {ref}\nmark :{marks[commit.id]}\n".encode()]
    out.append(f"author {commit.author}\ncommitter {commit.committer}\n".encode())
    out.append(_data(commit.message.encode()))
    verbs = ["from", *["merge"] * len(commit.parents)]
    out += [
        f"{verb} :{marks[p.id]}\n".encode() for verb, p in zip(verbs, commit.parents, strict=False)
    ]
    before = commit.parents[0].tree if commit.parents else {}
    out += [f"D {path}\n".encode() for path in sorted(before) if path not in commit.tree]
    for path, entry in sorted(commit.tree.items()):
        if before.get(path) != entry:
            out.append(f"M {entry[0]} inline {path}\n".encode() + _data(entry[1]))
    return b"".join(out) + b"\n"


def _data(content: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(content), content)
