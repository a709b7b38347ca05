# SPDX-License-Identifier: GPL-2.0-or-later
"""Results as notes on trees (git-notes(1)): a line each, so that notes of several people merge by
``git notes merge --strategy=cat_sort_uniq``."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from maintainer_kit.adapters.git.borrowed import identity
from maintainer_kit.adapters.git.objects import Object, Objects
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.revisions import commit_id
from maintainer_kit.errors import RepositoryError
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.testing.result import Key, Result
from maintainer_kit.model.testing.result_codec import dump_result, for_notes, load_result

REF = "refs/notes/mkit"
_MOST = 4 << 20
"""Bytes of one note."""
_MOST_LINES = 5000
_TRIES = 5


class GitNotes:
    """Implements ``workflow.testing.ports.Notes`` for one repository."""

    def __init__(self, git: Git, who: tuple[str, str]) -> None:
        """``who`` commits the notes: name and address."""
        self._git = git
        self._who = identity(*who)

    def read(self, ref: str, trees: Collection[str]) -> Mapping[Key, Result]:
        full = ref if ref.startswith("refs/") else f"refs/notes/{ref}"
        tip = commit_id(self._git, full)
        if not tip:
            raise RepositoryError(f"there is no {visible_line(full)} here", "git fetch")
        found: dict[Key, Result] = {}
        for tree, lines in self._lines(tip, trees):
            for key, result in filter(None, map(load_result, lines)):
                newer = key not in found or found[key].when <= result.when
                if key.tree == tree and newer:
                    found[key] = result
        return found

    def add(self, found: Mapping[Key, Result]) -> int:
        wanted: dict[str, dict[Key, str]] = {}
        for key, result in found.items():
            wanted.setdefault(key.tree, {})[key] = dump_result(key, for_notes(result))
        for _ in range(_TRIES):
            tip = commit_id(self._git, REF)
            changed = self._changed(tip, wanted)
            try:
                if not changed or self._write(tip, changed):
                    return len(changed)
            except OSError as error:
                words = f"{error.filename or REF}: {error.strerror}"
                raise RepositoryError(words, "make room, then run it again") from error
        raise RepositoryError(f"{REF} is moved all the time", "run it again")

    def _changed(self, tip: str, wanted: Mapping[str, Mapping[Key, str]]) -> dict[str, bytes]:
        """The notes that are other than before, by tree: what others found stays."""
        known = dict(self._lines(tip, wanted)) if tip else {}
        changed: dict[str, bytes] = {}
        for tree, lines in wanted.items():
            before = known.get(tree, [])
            ours = {line: key for key, line in lines.items()}
            kept = [one for one in before if one not in ours and not _is_older(one, lines)]
            after = sorted({*kept, *ours})
            if after != before:
                changed[tree] = "".join(f"{one}\n" for one in after).encode()
        return changed

    def _write(self, tip: str, changed: Mapping[str, bytes]) -> bool:
        """One commit on top; whether nobody else was faster."""
        with tempfile.TemporaryDirectory(prefix="mkit-notes-") as folder:
            env = {"GIT_INDEX_FILE": str(Path(folder) / "index"), **self._who}
            env |= {name.replace("COMMITTER", "AUTHOR"): one for name, one in self._who.items()}
            blobs = self._blobs(Path(folder), changed)
            places = self._places(tip)
            if tip:
                self._git.output("read-tree", tip, env=env)
            else:
                self._git.output("read-tree", "--empty", env=env)
            lines = (f"100644 {blob}\t{places.get(tree, tree)}\0" for tree, blob in blobs.items())
            argv = ("update-index", "-z", "--index-info")
            self._git.output(*argv, stdin="".join(lines).encode(), env=env)
            top = self._say("write-tree", env=env)
            above = ("-p", tip) if tip else ()
            made = self._say("commit-tree", top, *above, "-m", "mkit: results of tests", env=env)
        old = tip or "0" * len(made)
        return not self._git.run("update-ref", "-m", "mkit test", REF, made, old).code

    def _blobs(self, folder: Path, changed: Mapping[str, bytes]) -> dict[str, str]:
        files = [folder / tree for tree in changed]
        for file, data in zip(files, changed.values(), strict=True):
            file.write_bytes(data)
        asked = "".join(f"{one}\n" for one in files).encode("utf-8", "surrogateescape")
        argv = ("hash-object", "-w", "--no-filters", "--stdin-paths")
        said = self._git.output(*argv, stdin=asked).decode().split()
        return dict(zip(changed, said, strict=True))

    def _lines(self, tip: str, trees: Collection[str]) -> Iterator[tuple[str, list[str]]]:
        """The note of each of the trees that have one, as lines."""
        places = self._places(tip)
        objects = Objects(self._git)
        try:
            for tree in trees:
                if tree not in places:
                    continue
                note = objects.contents(f"{tip}:{places[tree]}", _MOST)
                if isinstance(note, Object) and note.size <= _MOST:
                    text = note.data.decode("utf-8", "replace")
                    yield tree, text.rstrip("\n").split("\n")[:_MOST_LINES]
        finally:
            objects.close()

    def _places(self, tip: str) -> dict[str, str]:
        """Where each note is: git puts them into folders once there are many."""
        if not tip:
            return {}
        said = self._git.output("ls-tree", "-r", "-z", "--name-only", tip)
        names = said.decode("utf-8", "replace").split("\0")
        return {one.replace("/", ""): one for one in names if one}

    def _say(self, *argv: str, env: Mapping[str, str]) -> str:
        return self._git.output(*argv, env=env).decode("ascii", "replace").strip()


def _is_older(line: str, ours: Mapping[Key, str]) -> bool:
    """Whether it is what we said ourselves of the same before."""
    told = load_result(line)
    if told is None or told[0] not in ours:
        return False
    now = load_result(ours[told[0]])
    return now is not None and now[1].by == told[1].by
