# SPDX-License-Identifier: GPL-2.0-or-later
"""Fetch what a mail asks to be pulled: into a repository of ours, by few protocols, bounded.

Whoever answers may be anybody: what they say is read up to a length, what they send up to a size.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import partial

from maintainer_kit.adapters.bounded_run import Bounds, Ended, run_bounded
from maintainer_kit.adapters.git.borrowed import Borrowed
from maintainer_kit.errors import NotFound, Refused, RepositoryError
from maintainer_kit.model.mail.text import visible_line

ASKED = "refs/mkit/asked"
"""What was fetched, in our repository."""
MOST_BYTES = 8 << 30
"""Of what is fetched: all of Linux is less."""
_FAR = ("http", "https", "git", "ssh")
_NEAR = "file"
_BOUNDS = Bounds(1800.0, 1 << 20)
_CONFIG = (
    "-c",
    f"core.hooksPath={os.devnull}",
    # Objects that git would find wrong later are to be found wrong now.
    "-c",
    "fetch.fsckObjects=true",
    "-c",
    "protocol.version=2",
    # In a pack, whose size can be watched.
    "-c",
    "fetch.unpackLimit=1",
)
_QUIET = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules")


def fetch_asked(
    borrowed: Borrowed,
    url: str,
    refs: Sequence[str],
    *,
    may_be_near: bool,
    most: int = MOST_BYTES,
) -> str:
    """Fetch the first of the refs, by full names, that the place has; its full name.

    ``may_be_near``: the user himself names a place on this machine; ``most`` bytes may come. Raises
    NotFound, and Refused for a place that a mail has no business to name; RepositoryError where git
    fails, or too much comes.
    """
    protocols = (*_FAR, _NEAR) if may_be_near else _FAR
    _refuse_place(url, protocols, may_be_near=may_be_near)
    for ref in refs:
        if borrowed.run("check-ref-format", ref).code or ref.rpartition("/")[2].startswith("-"):
            raise Refused(f"{visible_line(ref)[:80]} is no name of a tag or branch")
    env = _environment(borrowed, protocols)
    told = _git(borrowed, env, most, "ls-remote", "--refs", "--", url, *refs)
    there = {line.partition("\t")[2] for line in told.decode("utf-8", "replace").split("\n")}
    found = next((ref for ref in refs if ref in there), "")
    if not found:
        names = visible_line(", ".join(refs))[:200] or "what the mail does not name"
        raise NotFound(f"{_shown(url)} has no {names}", "ask its owner to push it")
    _git(borrowed, env, most, "fetch", *_QUIET, "--", url, f"+{found}:{ASKED}")
    return found


def _environment(borrowed: Borrowed, protocols: Sequence[str]) -> Mapping[str, str]:
    asks = {"GIT_ALLOW_PROTOCOL": ":".join(protocols), "GIT_TERMINAL_PROMPT": "0"}
    if not {"GIT_SSH", "GIT_SSH_COMMAND"} & os.environ.keys():
        asks["GIT_SSH_COMMAND"] = "ssh -oBatchMode=yes"
    return {**borrowed.environment(), **asks}


def _git(borrowed: Borrowed, env: Mapping[str, str], most: int, *argv: str) -> bytes:
    """What git prints. Raises RepositoryError."""
    is_over = partial(_is_over, borrowed, most)
    command = ["git", "--no-pager", *_CONFIG, *argv]
    done = run_bounded(command, borrowed.folder, None, env, _BOUNDS, is_over)
    if done.code:
        raise borrowed.git.failure(argv[0], done.words)
    if done.code is None:
        raise RepositoryError(f"git {argv[0]}: {_reason(done, is_over(), most)}")
    return done.output


def _reason(done: Ended, is_too_big: bool, most: int) -> str:
    return f"more than {most >> 20} MiB came" if is_too_big else done.reason


def _is_over(borrowed: Borrowed, most: int) -> bool:
    """Whether more came than anybody pulls."""
    pack = borrowed.folder / "objects" / "pack"
    size = 0
    for one in os.scandir(pack) if pack.is_dir() else ():
        try:
            size += one.stat(follow_symlinks=False).st_size
        except FileNotFoundError:  # git has renamed it meanwhile
            continue
    return size > most


def _refuse_place(url: str, protocols: Sequence[str], *, may_be_near: bool) -> None:
    scheme, is_url, rest = url.partition("://")
    host = rest.partition("/")[0].rpartition("@")[2] if is_url else url.rpartition("@")[2]
    is_far = scheme in protocols if is_url else "@" in url.partition(":")[0] and ":" in url
    is_path = may_be_near and url.startswith("/")
    if not (is_far or is_path) or host.startswith("-") or url.startswith("-"):
        hint = "--url URL fetches from another place"
        raise Refused(f"{_shown(url)} is no place that mkit fetches from", hint)


def _shown(url: str) -> str:
    """Without user and password."""
    scheme, is_url, rest = url.partition("://")
    place = f"{scheme}://{rest.rpartition('@')[2]}" if is_url else url
    return visible_line(place)[:120]
