# SPDX-License-Identifier: GPL-2.0-or-later
"""Fetch what a mail asks to be pulled: into a repository of ours, over few protocols."""

from __future__ import annotations

import os
from collections.abc import Sequence

from maintainer_kit.adapters.git.borrowed import Borrowed
from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.mail.text import visible_line

ASKED = "refs/mkit/asked"
"""What was fetched, in our repository."""
_FAR = ("http", "https", "git", "ssh")
_NEAR = "file"


def fetch_asked(borrowed: Borrowed, url: str, refs: Sequence[str], *, may_be_near: bool) -> str:
    """Fetch the first of the refs, by full names, that the place has; its full name.

    ``may_be_near``: the user himself names a place on this machine. Raises NotFound, and Refused
    for a place that a mail has no business to name; RepositoryError where git fails.
    """
    protocols = (*_FAR, _NEAR) if may_be_near else _FAR
    _refuse_place(url, protocols, may_be_near=may_be_near)
    for ref in refs:
        if borrowed.run("check-ref-format", ref).code or ref.rpartition("/")[2].startswith("-"):
            raise Refused(f"{visible_line(ref)[:80]} is no name of a tag or branch")
    env = {"GIT_ALLOW_PROTOCOL": ":".join(protocols)}
    if not {"GIT_SSH", "GIT_SSH_COMMAND"} & os.environ.keys():
        env["GIT_SSH_COMMAND"] = "ssh -oBatchMode=yes"
    there = borrowed.say("ls-remote", "--refs", "--", url, *refs, env=env).split("\n")
    known = {line.partition("\t")[2] for line in there}
    found = next((ref for ref in refs if ref in known), "")
    if not found:
        names = visible_line(", ".join(refs))[:200] or "what the mail does not name"
        raise NotFound(f"{_shown(url)} has no {names}", "ask its owner to push it")
    # Objects that git would find wrong later are to be found wrong now.
    checks = ("-c", "fetch.fsckObjects=true", "-c", "protocol.version=2")
    quiet = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules")
    borrowed.say(*checks, "fetch", *quiet, "--", url, f"+{found}:{ASKED}", env=env)
    return found


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
