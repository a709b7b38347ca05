# SPDX-License-Identifier: GPL-2.0-or-later
"""One state for many patches, by one query, beside ``notmuch tag --batch`` of the same tags.

    python -m bench.bulk_ratio MBOX... [--patches 1000] [--rounds N]

The mails of the mboxes make a home and a copy of it. Topics with so many new patches in all bear a
tag, and the query asks for that. Each round sets ``under-review`` in the home and takes it back by
one ``mkit undo``; notmuch does the same to its copy, from a file with a line for each message.
Whole processes. Limit of the project: 1.5x. Before and after, and while the decision holds,
``notmuch search`` has to find what it should.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.home import Home
from bench.whole_process import Cost, medians, run, told

_STATE = "under-review"
_QUERY = "tag:bulk"


class Index(Home):
    """A home of mkit, with notmuch's database in it."""

    def notmuch(self, *words: str, stdin: bytes = b"") -> tuple[Cost, bytes]:
        config = f"--config={self.root}/notmuch-config"
        return run(["notmuch", config, *words], self.env, stdin)

    def copy(self, root: Path) -> Index:
        """The same home elsewhere."""
        shutil.copytree(self.root, root)
        config = root / "notmuch-config"
        config.write_text(config.read_text().replace(str(self.root), str(root)))
        return Index(root, Path(self.env["HOME"]))

    def under_review(self) -> set[str]:
        """Message-IDs by notmuch's own search."""
        _, found = self.notmuch("search", "--output=messages", f"tag:mkit/{_STATE}")
        return {line.removeprefix("id:") for line in found.decode().splitlines()}


def _choose(home: Index, wanted: int) -> set[str]:
    """Tag topics with so many new patches in all, the newest first; the ids of the patches."""
    found = home.json("list", "--all", "kind:series")["topics"]
    topics = sorted(found, key=lambda one: (one["updated"], one["id"]))
    left, roots = wanted, []
    for topic in reversed(topics):
        number = topic["states"].get("new", 0)
        if 0 < number <= left and number == sum(topic["states"].values()):
            left -= number
            roots.append(topic["id"])
    if left:
        raise SystemExit(f"these mboxes have no {wanted} new patches")
    _, shown = home.mkit("state", _STATE, "-", "--dry-run", "--json", stdin=_lines(roots))
    ids = {one["message_id"] for one in json.loads(shown)["changes"]}
    home.notmuch("tag", "--batch", stdin=_lines([f"+bulk -- {_term(one)}" for one in sorted(ids)]))
    home.mkit("sync")
    return ids


def _term(message_id: str) -> str:
    quoted = message_id.replace('"', '""')
    return f'id:"{quoted}"'.replace("%", "%25").replace(" ", "%20")


def _lines(words: Sequence[str]) -> bytes:
    return "".join(f"{one}\n" for one in words).encode()


def _batch(ids: set[str], add: str, remove: str) -> bytes:
    return _lines([f"+mkit/{add} -mkit/{remove} -- {_term(one)}" for one in sorted(ids)])


def _agree(found: set[str], wanted: set[str], when: str) -> None:
    if found != wanted:
        raise SystemExit(f"{when} notmuch finds {len(found)} messages, not the {len(wanted)}")


def _rounds(ours: Index, bare: Index, ids: set[str], number: int) -> dict[str, list[Cost]]:
    before = ours.under_review()
    there, back = _batch(ids, _STATE, "new"), _batch(ids, "new", _STATE)
    costs: dict[str, list[Cost]] = {
        name: [] for name in ("help", "state", "undo", "notmuch", "notmuch back")
    }
    for at in range(number):
        costs["help"].append(ours.mkit("--help")[0])
        costs["notmuch"].append(bare.notmuch("tag", "--batch", stdin=there)[0])
        costs["state"].append(ours.mkit("state", _STATE, "--query", _QUERY, "--yes")[0])
        _agree(ours.under_review(), before | ids, f"round {at + 1}: set,")
        _agree(bare.under_review(), before | ids, f"round {at + 1}: tagged,")
        costs["notmuch back"].append(bare.notmuch("tag", "--batch", stdin=back)[0])
        costs["undo"].append(ours.mkit("undo")[0])
        _agree(ours.under_review(), before, f"round {at + 1}: undone,")
    return costs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mboxes", nargs="+", type=Path)
    parser.add_argument("--patches", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mkit-bench-") as name:
        ours = Index(Path(name, "ours"), Path(name))
        ours.root.mkdir()
        ours.mkit("import", *map(str, options.mboxes))
        ids = _choose(ours, options.patches)
        costs = _rounds(ours, ours.copy(Path(name, "bare")), ids, options.rounds)
    for label, found in costs.items():
        cost = medians(found)
        print(f"{label:13} {cost.wall:.3f} s wall, {cost.cpu:.3f} s CPU")
    print(f"notmuch finds {len(ids)} patches when they are set, none of them once undone")
    print(f"state / notmuch tag --batch: {told(costs['state'], costs['notmuch'])} (limit 1.5)")
    print(f"undo / notmuch tag --batch: {told(costs['undo'], costs['notmuch back'])}")


if __name__ == "__main__":
    main()
