# SPDX-License-Identifier: GPL-2.0-or-later
"""The user's browser: by ``$BROWSER``, else what the desktop has."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys

from maintainer_kit.errors import MkitError, Refused

# A process of its own: what a browser prints must not come over a screen, and a browser that stays
# in the foreground must not hold anything up.
_OPEN = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"
_IN_TERMINAL = frozenset({"w3m", "lynx", "links", "links2", "elinks", "www-browser", "browsh"})


class NoBrowser(MkitError):
    """There is none, or it failed."""


def needs_terminal() -> bool:
    """Whether ``$BROWSER`` draws on the terminal that we are on."""
    first = os.environ.get("BROWSER", "").partition(os.pathsep)[0]
    try:
        words = shlex.split(first)
    except ValueError:
        return False
    return bool(words) and os.path.basename(words[0]) in _IN_TERMINAL


def open_in_browser(address: str, *, on_terminal: bool = False) -> None:
    """Show a page; returns when the browser has taken it, or, of some, when it is closed.

    ``on_terminal`` lends it ours. Raises NoBrowser, and Refused for anything but the web.
    """
    if not address.startswith(("http://", "https://")):
        raise Refused(f"{address[:80]!r} is no address of the web", "mkit config shows mkit.lore")
    environment = dict(os.environ)
    if not on_terminal:
        environment.pop("TERM", None)  # else Python takes any browser for terminals that is there
    stream = None if on_terminal else subprocess.DEVNULL
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-c", _OPEN, address],
            env=environment,
            stdin=stream,
            stdout=stream,
            stderr=stream,
            start_new_session=not on_terminal,
            check=False,
        )
    except OSError as error:
        raise NoBrowser(f"no browser: {error.strerror}", address) from error
    if done.returncode:
        raise NoBrowser("no browser could be started (BROWSER names one)", address)
