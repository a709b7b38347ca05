# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a commit is said to be: the names of repositories and branches in mails and addresses."""

from __future__ import annotations

from urllib.parse import unquote

from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.text import storable

_URL = lazy_pattern(r"[a-z+]{1,10}://(?:[^\s/@]{1,100}@)?[^\s/]{1,200}/+([^\s>]{1,500})")
_OVER_SSH = lazy_pattern(r"[\w.-]{1,80}@[\w.-]{1,120}:(?!//)/?([^\s>]{1,500})")
_GITWEB = lazy_pattern(r"[^?]{0,200}\?(?:[^;&]{1,100}[;&])?p=([^;&]{1,300})")
# Where in the address of a commit the name of the repository ends: in those of cgit, gitweb, GitHub
# and GitLab, in short links, and in one that names the commit only.
_END = lazy_pattern(r"(?:^|/)c/|/-/|/(?:commit|log|patch)s?/|/?\?|/?;|(?:^|/)[0-9a-f]{10,64}/?$")
_HEADS = "refs/heads/"


def tree_of(address: str) -> str:
    """The repository in the address of it or of a commit: its path, without scheme and host; a name
    that is no address as it is."""
    address = address.strip().strip("<>")
    found = _URL.match(address) or _OVER_SSH.match(address)
    path = found[1] if found else address
    if gitweb := _GITWEB.match(path):
        path = unquote(gitweb[1])
    elif end := _END.search(path):
        path = path[: end.start()]
    return storable(path.strip("/"))


def branch_of(ref: str) -> str:
    """A ref without ``refs/heads/``; others as they are."""
    return storable(ref.strip().removeprefix(_HEADS))
