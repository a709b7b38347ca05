# SPDX-License-Identifier: GPL-2.0-or-later
"""Where journals are shared: a URL or path that git may be given, and how it is shown."""

from __future__ import annotations

import os
import re
import sys

from maintainer_kit.errors import Refused, RepositoryError
from maintainer_kit.model.mail.text import has_controls, visible_line

_PROTOCOLS = "file:git:http:https:ssh"
_LONGEST = 2000
_URL = re.compile(r"[a-z][a-z0-9+.-]{0,30}://", re.IGNORECASE)
_LOGIN = re.compile(r"(://)([^/\s@]{0,2000})@")
_QUERY = re.compile(r"(://[^\s?'\"]{0,2000})\?[^\s'\"]*")
_VAGUE = (
    "fatal: Could not read from remote repository.",
    "fatal: the remote end hung up unexpectedly",
    "Please make sure you have the correct access rights",
    "and the repository exists.",
)
_HINT = "git init --bare DIRECTORY makes such a repository"


def checked_remote(word: str) -> str:
    """A remote as git may be given it, a path made absolute.

    Raises Refused for what git would take for an option, or for the command line of a helper.
    """
    word = word.strip()
    if not word or len(word) > _LONGEST or has_controls(word) or "\n" in word or "\t" in word:
        raise Refused("that is no URL or path of a git repository", _HINT)
    if word.startswith("-"):
        raise Refused("a remote does not begin with -", "put ./ in front of a path")
    helper = re.match(r"[A-Za-z0-9]{1,30}::", word)
    if helper:
        raise Refused(f"{helper[0]} names a program, not a repository", "a path, ssh or https")
    if _URL.match(word):
        kind = word.partition("://")[0].lower()
        if kind not in _PROTOCOLS.split(":"):
            raise Refused(f"{visible_line(kind)}:// is no way to share", "a path, ssh or https")
        return word
    return word if _is_ssh(word) else os.path.abspath(os.path.expanduser(word))


def _is_ssh(word: str) -> bool:
    """``host:path``, as git tells it from a path: a colon before any slash."""
    colon = word.find(":")
    return colon > 0 and "/" not in word[:colon]


def shown(text: str) -> str:
    """The text without what is secret in the URLs in it: passwords, tokens, queries."""
    return visible_line(_QUERY.sub(r"\1", _LOGIN.sub(_without_secret, text)))


def _without_secret(found: re.Match[str]) -> str:
    """Who logs in over ssh is no secret; over https the name may be a token."""
    before = found.string[max(0, found.start() - 5) : found.start()].lower()
    name, _, _ = found[2].partition(":")
    return f"://{name}@" if before.endswith("ssh") else "://"


def network() -> dict[str, str]:
    """Variables under which git may reach another repository, and ask on a terminal only."""
    asks = sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()
    found = {"GIT_ALLOW_PROTOCOL": _PROTOCOLS, "GIT_TERMINAL_PROMPT": "1" if asks else "0"}
    if os.environ.get("GIT_ASKPASS"):
        found["GIT_ASKPASS"] = os.environ["GIT_ASKPASS"]
    return found


def unreached(remote: str, stderr: str) -> RepositoryError:
    """Why the other end was not reached, in git's words."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    lines = [line for line in lines if not line.startswith(_VAGUE)] or ["no answer"]
    marked = [line for line in lines if line.startswith(("fatal: ", "error: ", "ssh: "))]
    words = (marked or lines)[-1].removeprefix("fatal: ").removeprefix("error: ")
    hint = "mkit share again, once it can be reached"
    if "does not appear to be a git repository" in words:
        hint = f"mkit share --remote URL; {_HINT}"
    return RepositoryError(f"{shown(remote)}: {shown(words)[:300]}", hint)
