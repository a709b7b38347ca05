# SPDX-License-Identifier: GPL-2.0-or-later
"""What makes programs that carry mail call mkit, written for the paths of this machine."""

from __future__ import annotations

import getpass
import os
import shlex
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from maintainer_kit.adapters.git.hooks import shim
from maintainer_kit.errors import NotFound, Refused

_CARRIED = (
    *("MKIT_HOME", "NOTMUCH_CONFIG", "NOTMUCH_PROFILE", "NOTMUCH_DATABASE"),
    *("XDG_CONFIG_HOME", "XDG_DATA_HOME", "GIT_CONFIG_GLOBAL"),
)
"""Variables by which mkit finds its things, and which no mail program hands on."""
_LICENCE = "# SPDX-License-Identifier: GPL-2.0-or-later\n"
"""What is printed is the user's own."""
_USUAL_PATH = "/usr/local/bin:/usr/bin:/bin"


@dataclass(frozen=True, slots=True)
class Machine:
    """How mkit is called here."""

    command: tuple[str, ...]
    environment: Mapping[str, str]
    """What must be set for it to find what it finds here."""
    user: str


def this_machine() -> Machine:
    """As this process sees it."""
    found = shutil.which("mkit")
    command = (os.path.abspath(found),) if found else (sys.executable, "-P", "-m", "maintainer_kit")
    environment = {name: os.environ[name] for name in _CARRIED if os.environ.get(name)}
    if any(shutil.which(one, path=_USUAL_PATH) is None for one in ("git", "notmuch")):
        environment["PATH"] = os.environ.get("PATH", _USUAL_PATH)
    return Machine(command, environment, getpass.getuser())


def mail_hook(program: str, machine: Machine) -> str:
    """What ``program`` is to be given. Raises NotFound for one that is unknown, and Refused for
    paths that it could misunderstand."""
    if program not in PROGRAMS:
        raise NotFound(f"mkit has nothing for {program}", ", ".join(PROGRAMS))
    for word in (*machine.command, *machine.environment.values(), machine.user):
        if not word.isprintable():
            raise Refused(f"no mail program can be given the path {word!r}", "set MKIT_HOME")
    syntax = PROGRAMS[program]
    lines = [syntax.assignment(name, value) for name, value in machine.environment.items()]
    text = shim(f"mail/{program}").decode().replace(_LICENCE, "", 1)
    text = text.replace("@environment@\n", "".join(f"{line}\n" for line in lines if line))
    text = text.replace("@user@", machine.user)
    return text.replace("@command@", syntax.command(machine))


def _words(machine: Machine) -> str:
    return shlex.join(machine.command)


def _with_environment(machine: Machine) -> str:
    """For those who cannot set variables otherwise."""
    set_first = [f"{name}={value}" for name, value in machine.environment.items()]
    return shlex.join((*(("env", *set_first) if set_first else ()), *machine.command))


def _quoted(text: str, special: str) -> str:
    """In double quotes."""
    return '"' + "".join(f"\\{one}" if one in special else one for one in text) + '"'


_IN_QUOTES = '\\"$`'


def _exported(name: str, value: str) -> str:
    return f"export {name}={shlex.quote(value)}"


def _assigned(name: str, value: str) -> str:
    return f"{name}={_quoted(value, _IN_QUOTES)}"


def _literally(name: str, value: str) -> str:
    return f"{name}={_literal(value)}"


def _for_procmail(machine: Machine) -> str:
    return " ".join(
        word if shlex.quote(word) == word else _quoted(word, _IN_QUOTES) for word in machine.command
    )


def _for_maildrop(machine: Machine) -> str:
    """For the user's shell, whichever that is, within single quotes: the system's shell is to say
    which process called it, as maildrop cannot."""
    line = f"exec {_words(machine)} deliver --giver $PPID"
    return _literal(f"|exec /bin/sh -c {shlex.quote(line)}")


def _literal(text: str) -> str:
    """maildropfilter(7), "Literal text"."""
    return "'" + "".join(f"\\{one}" if one in "\\'" else one for one in text) + "'"


def _for_cron(machine: Machine) -> str:
    return _with_environment(machine).replace("%", "\\%")


def _for_forward(machine: Machine) -> str:
    """Each mail server has its own quoting in there."""
    line = _with_environment(machine)
    if any(one in line for one in "'\"\\$"):
        raise Refused(f"not each mail server would understand: {line}", "mkit hooks mail procmail")
    return line


def _in_unit(word: str) -> str:
    """A word of a systemd unit (systemd.service(5), "Command lines")."""
    return _quoted(word.replace("%", "%%"), '\\"')


def _for_systemd(machine: Machine) -> str:
    first, *others = machine.command
    return " ".join([_in_unit(first), *(_in_unit(word.replace("$", "$$")) for word in others)])


@dataclass(frozen=True, slots=True)
class _Syntax:
    """How a program takes what it is given."""

    meaning: str
    command: Callable[[Machine], str]
    assignment: Callable[[str, str], str] = lambda name, value: ""


PROGRAMS = {
    "procmail": _Syntax("a recipe for ~/.procmailrc", _for_procmail, _assigned),
    "maildrop": _Syntax("lines for ~/.mailfilter", _for_maildrop, _literally),
    "sieve": _Syntax("lines for a sieve script of Dovecot's", _words),
    "sieve-program": _Syntax("the program that these call", _words, _exported),
    "forward": _Syntax("lines for ~/.forward, or the system's aliases", _for_forward),
    "notmuch": _Syntax("the hook post-new of notmuch's", _words, _exported),
    "cron": _Syntax("a line for crontab -e", _for_cron),
    "systemd-service": _Syntax(
        "a unit of the user's, and",
        _for_systemd,
        lambda name, value: f"Environment={_in_unit(f'{name}={value}')}",
    ),
    "systemd-timer": _Syntax("the timer that starts it", _words),
}


def described() -> Sequence[tuple[str, str]]:
    """Each program, and what there is for it."""
    return [(name, syntax.meaning) for name, syntax in PROGRAMS.items()]
