# SPDX-License-Identifier: GPL-2.0-or-later
"""Repositories that patches were applied in: what they are called, what their commits are."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from pathlib import Path

from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.settings import absolute_path
from maintainer_kit.model.mail.text import storable
from maintainer_kit.model.message.commit_place import tree_of
from maintainer_kit.model.queue.landed import Place
from maintainer_kit.workflow.thanking.branches import short_branch
from maintainer_kit.workflow.thanking.facts import Tree
from maintainer_kit.workflow.thanking.ports import Head
from maintainer_kit.workflow.thanking.settings import Named

_FORM = "--format=%H%x00%ce%x00%s"
_REMOTES = "refs/remotes/"
_KEPT = 2
"""Of the parts of an address the last: ``netdev/net-next``."""


class AppliedTrees:
    """Implements the port ``Trees``."""

    def __init__(self, named: Sequence[Named] = ()) -> None:
        """``named``: what the settings call repositories."""
        self._named = {path: one for one in named for path in _places(one.repository)}
        self._config = cache(_config)

    def tree(self, place: Place) -> Tree:
        branch = short_branch(place)
        if named := self._named.get(os.path.realpath(place.repository)):
            return Tree(named.name, branch, named.url)
        return Tree(self._remote_name(place) or _folder_name(place.repository), branch)

    def heads(self, repository: str, commits: Collection[str]) -> Mapping[str, Head]:
        if not commits:
            return {}
        asked = "".join(f"{one}\n" for one in commits).encode()
        argv = ("log", "--no-walk=unsorted", "-z", "--encoding=UTF-8", "--no-show-signature")
        said = Git(Path(repository)).run(*argv, _FORM, "--ignore-missing", "--stdin", stdin=asked)
        found = said.stdout.decode("utf-8", "replace").split("\0")
        return {
            commit: Head(storable(title), committer.lower())
            for commit, committer, title in zip(found[::3], found[1::3], found[2::3], strict=False)
        }

    def _remote_name(self, place: Place) -> str:
        """By the address that a branch is pushed to; empty without one that is on the network: a
        path of this machine is nobody's business."""
        config = self._config(place.repository)
        branch = short_branch(place)
        if place.ref.startswith(_REMOTES):
            remotes = [place.ref.removeprefix(_REMOTES).partition("/")[0]]
        else:
            keys = (f"branch.{branch}.pushremote", "remote.pushdefault", f"branch.{branch}.remote")
            remotes = [config[key] for key in keys if key in config]
        for remote in remotes:
            for key in (f"remote.{remote}.pushurl", f"remote.{remote}.url"):
                if name := _name_of(config.get(key, "")):
                    return name
        return ""


def _places(path: str) -> tuple[str, str]:
    """A repository's git directory, as it may be kept."""
    absolute = absolute_path(path)
    return os.path.realpath(absolute), os.path.realpath(os.path.join(absolute, ".git"))


def _name_of(url: str) -> str:
    is_remote = "://" in url and not url.startswith("file:")
    if not (is_remote or ("@" in url and ":" in url)):
        return ""
    parts = [one for one in tree_of(url).removesuffix(".git").split("/") if one]
    return "/".join(parts[-_KEPT:])


def _folder_name(repository: str) -> str:
    path = Path(repository)
    name = path.parent.name if path.name == ".git" else path.name
    return storable(name.removesuffix(".git"))


def _config(repository: str) -> Mapping[str, str]:
    """Remotes and what branches say of them; keys in lower case, but for the names in them."""
    wanted = r"^(remote\..*\.(push)?url|remote\.pushdefault|branch\..*\.(push)?remote)$"
    said = Git(Path(repository)).run("config", "--null", "--get-regexp", wanted)
    pairs = said.stdout.decode("utf-8", "replace").split("\0")
    return {name: value for one in pairs if one for name, _, value in [one.partition("\n")]}
