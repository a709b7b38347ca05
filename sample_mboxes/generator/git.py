# SPDX-License-Identifier: GPL-2.0-or-later
"""Real git in a throwaway repository: true diffs, diffstats and patch-ids."""

from __future__ import annotations

import os
import subprocess
import tempfile
from base64 import b85encode
from pathlib import Path
from zlib import adler32

from sample_mboxes.generator.objects import Commit, fast_import, object_id

_DIFF = [
    "-c", "core.abbrev=12", "-c", "core.quotePath=true", "diff-tree", "--stdin", "-r", "--root",
    "-p", "--stat=72", "--summary", "--no-color", "--no-ext-diff", "--no-textconv", "-M", "-U3",
    "--diff-algorithm=myers", "--indent-heuristic", "--abbrev=12", "--src-prefix=a/",
    "--dst-prefix=b/", "--inter-hunk-context=0", "--no-relative",
]  # fmt: skip


class Git:
    """A bare repository of every commit the sample needs; use as a context manager."""

    def __init__(self, commits: list[Commit]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="sample-git-")
        self._run("init", "--quiet", "--bare", "--object-format=sha1", ".")
        refs = [(f"refs/all/{number}", commit) for number, commit in enumerate(commits)]
        self._run("fast-import", "--quiet", "--done", data=fast_import(refs))

    def __enter__(self) -> Git:
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def diffs(self, pairs: list[tuple[Commit, Commit]]) -> list[str]:
        """For each pair the diffstat, summary and diff from the first tree to the second."""
        heads = [f"{old.tree_id} {new.tree_id}\n" for old, new in pairs]
        out = self._run(*_DIFF, data="".join(heads).encode()).decode("utf-8")
        texts = []
        for (old, new), head, following in zip(pairs, heads, [*heads[1:], ""], strict=True):
            if not out.startswith(head):
                raise ValueError(f"diff-tree lost its place at {head}")
            text, out = _cut(out[len(head) :], following)
            texts.append(_with_binaries(text.lstrip("\n"), old, new))
        return texts

    def patch_ids(self, diffs: dict[str, str]) -> dict[str, str]:
        """The stable patch-id of each diff, by key; keys are 40 hexadecimal digits."""
        data = "".join(f"commit {key}\n{diff}" for key, diff in diffs.items())
        rows = self._run("patch-id", "--stable", data=data.encode()).decode().split("\n")
        return {key: patch for patch, key in (row.split() for row in rows if row)}

    def _run(self, *argv: str, data: bytes = b"") -> bytes:
        env = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": self._folder.name,
            "LC_ALL": "C",
            "TZ": "UTC",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CEILING_DIRECTORIES": str(Path(self._folder.name).parent),
        }
        command = ["git", *argv]
        done = subprocess.run(
            command, input=data, capture_output=True, check=True, cwd=self._folder.name, env=env
        )
        return done.stdout


def _cut(out: str, following: str) -> tuple[str, str]:
    """What belongs to this pair, and the rest, which begins with the following pair's line."""
    if not following or out.startswith(following):
        return (out, "") if not following else ("", out)
    at = out.index("\n" + following) + 1
    return out[:at], out[at:]


def _with_binaries(text: str, old: Commit, new: Commit) -> str:
    """Spell out new binary files ourselves: how git packs them depends on its zlib."""
    for path, (_, content) in sorted(new.tree.items()):
        marker = f"Binary files /dev/null and b/{path} differ\n"
        if marker not in text or path in old.tree:
            continue
        full = f"index {'0' * 40}..{object_id('blob', content)}\n"
        head, _, tail = text.partition(marker)
        start = head.rindex("index ")
        text = head[:start] + full + _binary(content) + tail
    return text


def _binary(content: bytes) -> str:
    size = len(content).to_bytes(2, "little")
    inverse = (len(content) ^ 0xFFFF).to_bytes(2, "little")
    stored = b"\x78\x01\x01" + size + inverse + content + adler32(content).to_bytes(4, "big")
    lines = [_line85(stored[at : at + 52]) for at in range(0, len(stored), 52)]
    return f"GIT binary patch\nliteral {len(content)}\n{''.join(lines)}\nliteral 0\nHcmV?d00001\n\n"


def _line85(chunk: bytes) -> str:
    length = chr(ord("A") + len(chunk) - 1) if len(chunk) <= 26 else chr(ord("a") + len(chunk) - 27)
    return length + b85encode(chunk, pad=True).decode() + "\n"
