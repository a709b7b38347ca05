# SPDX-License-Identifier: GPL-2.0-or-later
"""Which work belongs to which of git's hooks; each is imported when git calls it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module

from maintainer_kit.cli.hook_words import complain
from maintainer_kit.errors import MkitError, NotFound, Refused

_COULD_NOT = 2
_MODULES = {
    "sendemail-validate": "hook_mails",
    "prepare-commit-msg": "hook_messages",
    "commit-msg": "hook_messages",
    "pre-push": "hook_push",
}
_NEEDS_A_FILE = frozenset(_MODULES) - {"pre-push"}


def run_hook(name: str, words: Sequence[str]) -> int:
    """Do the work of a hook, with the arguments that git gave it: 0 nothing is against going on,
    1 an error was found, 2 it could not be checked, and why was said."""
    if os.environ.get("MKIT_HOOKS") == "off":
        return 0
    try:
        if name not in _MODULES:
            raise NotFound(f"mkit has no hook {name}", ", ".join(_MODULES))
        if name in _NEEDS_A_FILE and not words:
            raise Refused("git names a file, and none was named", "mkit hooks --help")
        module = import_module(f"maintainer_kit.cli.{_MODULES[name]}")
        code = getattr(module, name.replace("-", "_"))(words)
        assert isinstance(code, int)
        return code
    except MkitError as error:
        complain(f"{name}: not checked: {error.message}", error.hint)
        return _COULD_NOT
