# SPDX-License-Identifier: GPL-2.0-or-later
"""What a page of docs/howto tells somebody to type and to write, and accounts to do it in."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.workflow.records import SourceMail
from tests.integration.driver import ROOT, SAMPLE, Done, Mkit
from tests.integration.mail_programs import put_program

_FILE = re.compile(r"# ~/(\S+)\n")
_PROMPT = re.compile(r"(?P<machine>\w*)\$ (?P<command>.+)")


@dataclass
class Step:
    """A command of a page, and the lines that the page prints below it."""

    machine: str
    """Before the dollar; empty where the page has one machine."""
    command: str
    printed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Written:
    """A file of a page."""

    path: str
    """Below the home directory."""
    text: str


def parts_of(page: str) -> Iterator[Step | Written]:
    """All blocks of a page in order: files begin with ``# ~/``, commands with a prompt."""
    text = (ROOT / "docs" / "howto" / f"{page}.md").read_text(encoding="utf-8")
    for block in re.findall(r"^```\n(.*?)^```$", text, re.M | re.S):
        named = _FILE.match(block)
        if named:
            yield Written(named[1], block)
        else:
            yield from _steps(block)


def _steps(block: str) -> Iterator[Step]:
    found: list[Step] = []
    for line in block.splitlines():
        prompt = _PROMPT.fullmatch(line)
        if prompt:
            found.append(Step(prompt["machine"], prompt["command"]))
        else:
            found[-1].printed.append(line)
    yield from found


class Account:
    """Somebody's account on a machine, with mkit installed and nothing set."""

    def __init__(self, base: Path, **extra: str) -> None:
        base.mkdir(exist_ok=True)
        self.programs = put_program(base / "programs").parent
        made = Mkit(base)
        path = f"{self.programs}:{made.env['PATH']}"
        self.mkit = made.having(MKIT_HOME="", PATH=path, MAIL="/nonexistent", **extra)
        self.home = Path(self.mkit.env["HOME"])
        self.place = self.home
        """Where the shell stands."""

    def add(self, **extra: str) -> None:
        """More variables."""
        self.mkit = self.mkit.having(**extra)

    def write(self, file: Written, instead: Mapping[str, str]) -> None:
        """Put a file of a page there; ``instead`` has what differs here."""
        text = file.text
        for old, new in instead.items():
            text = text.replace(old, new)
        path = self.home / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)

    def follow(self, step: Step) -> Done:
        """Type a command, and look for what the page says that it prints."""
        if step.command.startswith("cd ") and "&" not in step.command:
            self.place = Path(step.command[3:].replace("~", str(self.home), 1))
            return Done(0, "", "")
        done = self.shell(step.command)
        told = done.stdout.splitlines()
        missing = [line for line in step.printed if line not in told]
        assert not missing, f"{step.command}: {missing} is not in\n{done.stdout}"
        return done

    def shell(self, command: str) -> Done:
        done = self.mkit.program(["sh", "-c", f'cd "{self.place}" && {command}'])
        assert done.code == 0, f"{command}: exit {done.code}\n{done.stdout}\n{done.stderr}"
        return done

    def clone_sample(self) -> Path:
        """The project of the sample mail, in ~/src/lumen."""
        made = self.home / "src" / "lumen"
        made.parent.mkdir()
        self.shell(f"git init --quiet --initial-branch=master {made}")
        stream = (SAMPLE / "repository.fi").read_bytes()
        argv = ["git", "-C", str(made), "fast-import", "--quiet", "--force"]
        subprocess.run(argv, env=self.mkit.env, input=stream, check=True, timeout=100)
        self.shell(f"git -C {made} reset --quiet --hard")
        return made


def sample_mails(name: str) -> list[bytes]:
    """The mails of one list of the sample."""
    source = MailSource([SAMPLE / f"{name}.mbox"])
    return [one.raw for one in source if isinstance(one, SourceMail)]


def ids(raws: Iterable[bytes]) -> set[str]:
    """Message-IDs; a program may have added an empty line to a mail."""
    found = (raw.partition(b"\nMessage-ID: <")[2].partition(b">")[0] for raw in raws)
    return {one.decode() for one in found}
