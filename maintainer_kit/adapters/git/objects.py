# SPDX-License-Identifier: GPL-2.0-or-later
"""Objects of a repository by name, through one ``git cat-file`` that stays."""

from __future__ import annotations

from enum import Enum

from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.running import Running
from maintainer_kit.errors import RepositoryError
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.lazy.pattern import lazy_pattern

_FOUND = lazy_pattern(rb"([0-9a-f]{40,64}) (commit|tree|blob|tag) (\d{1,18})")
_LONGEST_LINE = 1 << 16
_NOT_KNOWN = 129
"""Exit code of a git that does not know an option."""


class Absent(Enum):
    """Why there is no object of a name."""

    MISSING = "missing"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Object:
    """An object as ``git cat-file`` tells it."""

    name: str
    """Its full id."""
    kind: str
    size: int
    data: bytes = b""
    """The first bytes of it, where they were asked for."""


class Objects:
    """Asks for objects; the process starts with the first question, and anew after a failure."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._talks: dict[str, Running] = {}
        self._buffer = bytearray()
        self._has_commands = True

    def info(self, name: str) -> Object | Absent:
        """What a name stands for. ``name`` is anything that ``git rev-parse`` reads."""
        return self._ask("info", name, 0)

    def contents(self, name: str, most: int) -> Object | Absent:
        """The same, with the first ``most`` bytes of it."""
        return self._ask("contents", name, most)

    def close(self) -> None:
        for talk in self._talks.values():
            talk.close()
        self._talks.clear()
        self._buffer.clear()

    def _ask(self, verb: str, name: str, most: int) -> Object | Absent:
        if not name or "\n" in name or "\0" in name or len(name) > _LONGEST_LINE // 4:
            return Absent.MISSING
        try:
            return self._answer(verb, name, most)
        except BaseException:
            # Half an answer may be left in the pipe: the next question would read it.
            self.close()
            raise

    def _answer(self, verb: str, name: str, most: int) -> Object | Absent:
        asked = name.encode("utf-8", "surrogateescape") + b"\n"
        talk = self._talk(verb)
        sent = talk.write(verb.encode() + b" " + asked if self._has_commands else asked)
        line = self._line(talk) if sent else None
        if line is None:
            result = talk.end()
            self.close()
            if self._has_commands and result.code == _NOT_KNOWN:
                self._has_commands = False
                return self._answer(verb, name, most)
            raise self._git.failure("cat-file", result.stderr)
        found = _FOUND.fullmatch(line)
        if found is None:
            return Absent.AMBIGUOUS if line.endswith(b" ambiguous") else Absent.MISSING
        size = int(found[3])
        data = self._data(talk, size, most) if verb == "contents" else b""
        return Object(found[1].decode(), found[2].decode(), size, data)

    def _talk(self, verb: str) -> Running:
        """The process for a verb: git before 2.36 needs one for each."""
        key = "both" if self._has_commands else verb
        if key not in self._talks:
            option = {"both": "--batch-command", "info": "--batch-check", "contents": "--batch"}
            self._talks[key] = self._git.start("cat-file", option[key], stdin=True)
        return self._talks[key]

    def _line(self, talk: Running) -> bytes | None:
        """The next line of an answer; None when git is gone."""
        while (end := self._buffer.find(b"\n")) < 0:
            more = talk.read()
            if not more:
                return None
            self._buffer += more
            if len(self._buffer) > _LONGEST_LINE and b"\n" not in self._buffer:
                raise RepositoryError("git cat-file gives no answer that can be read")
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        return line

    def _data(self, talk: Running, size: int, most: int) -> bytes:
        """Read an object whole, as the pipe has to be emptied, and keep its first bytes."""
        left, kept = size + 1, bytearray()
        while left:
            if not self._buffer:
                more = talk.read()
                if not more:
                    raise self._git.failure("cat-file", talk.end().stderr)
                self._buffer += more
            count = min(left, len(self._buffer))
            kept += self._buffer[: min(count, most - len(kept))]
            del self._buffer[:count]
            left -= count
        return bytes(kept[:size])
