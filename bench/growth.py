# SPDX-License-Identifier: GPL-2.0-or-later
"""A catalogue that grows: what one more message costs, and how much memory it takes."""

from __future__ import annotations

import resource
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.many_mails import Folder, Mail, Newcomers
from maintainer_kit.adapters.catalogue.catalogue import SqliteCatalogue
from maintainer_kit.adapters.journal import FileJournal
from maintainer_kit.adapters.notmuch.index import NotmuchIndex
from maintainer_kit.config import Settings
from maintainer_kit.workflow.batches import batched
from maintainer_kit.workflow.cataloguing import understand
from maintainer_kit.workflow.ports import IndexedMessage
from maintainer_kit.workflow.project import project
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.sync import take_messages

_BATCH = 1000
"""As a sync takes them."""
Costs = dict[str, float]
"""By kind of newcomer, the median of its CPU milliseconds."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The catalogue at one size."""

    size: int
    rate: float
    """Messages a CPU second, from file to row, since the stage before."""
    peak: int
    """MiB that the process ever had, interpreter included."""
    largest: int
    """Messages in the largest cluster."""
    costs: Costs
    """Of one message more."""
    beside: Costs
    """The same at the same time in the smallest catalogue."""


def _stores(base: Path, folder: Folder, catalogue: SqliteCatalogue) -> Stores:
    """The real stores; cataloguing asks neither index nor journal."""
    return Stores(
        index=NotmuchIndex(base, None, "", None),
        catalogue=catalogue,
        journal=FileJournal(base / "journal.jsonl"),
        folder=folder,
        settings=Settings(me=("maintainer@example.org",)),
        clock=lambda: time.time_ns() // 1000,
        lock=lambda _: nullcontext(True),
    )


def _fill(stores: Stores, folder: Folder, start: int, stop: int) -> float:
    """Catalogue mails; the CPU seconds, without those for making the copies."""
    spent = 0.0
    for batch in batched(range(start, stop), _BATCH):
        paths = [folder.path(at) for at in batch]
        before = time.process_time()
        for path in paths:
            folder.read(path)
        making = time.process_time() - before
        indexed = [
            IndexedMessage(folder.message_id(at), (path,), frozenset())
            for at, path in zip(batch, paths, strict=True)
        ]
        before = time.process_time()
        take_messages(stores, indexed)
        spent += time.process_time() - before - making
    return spent


def _costs(grown: Sequence[tuple[Stores, int]], folder: Folder, rounds: int) -> list[Costs]:
    """What newcomers cost in each of these catalogues, which take them in turn."""
    spent: list[dict[str, list[float]]] = [{} for _ in grown]
    newcomers = [Newcomers(folder, size) for _, size in grown]
    for at in range(rounds):
        for (stores, size), source, found in zip(grown, newcomers, spent, strict=True):
            for name, raw in source.one_of_each().items():
                (path,) = folder.store([(f"{size}-{name}-{at}", raw)])
                cost = _cost(stores, path, understand(raw).message.message_id)
                found.setdefault(name, []).append(cost)
    return [{name: 1000 * median(all_of) for name, all_of in one.items()} for one in spent]


def _cost(stores: Stores, path: str, message_id: str) -> float:
    """CPU seconds of cataloguing one mail; it is taken out again, or else newcomers pile up."""
    before = time.process_time()
    take_messages(stores, [IndexedMessage(message_id, (path,), frozenset())])
    spent = time.process_time() - before
    with stores.catalogue.transaction():
        project(stores, {}, [message_id])
        stores.catalogue.drop_messages([message_id])
    return spent


def _largest(catalogue: SqliteCatalogue) -> int:
    rows = catalogue.db.execute("SELECT cluster FROM message WHERE cluster IS NOT NULL")
    return Counter(row[0] for row in rows).most_common(1)[0][1]


def grow(archive: Sequence[Mail], base: Path, sizes: Sequence[int], rounds: int) -> Iterator[Stage]:
    """Fill one catalogue with copies of the archive; at each size it stands beside a small one."""
    folder = Folder(archive, base / "new")
    with closing(_open(base / "small")) as kept, closing(_open(base / "large")) as catalogue:
        small, large = _stores(base, folder, kept), _stores(base, folder, catalogue)
        filled = 0
        for size in sizes:
            spent = _fill(large, folder, filled, size)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            if not filled:
                _fill(small, folder, 0, size)
            beside, costs = _costs([(small, sizes[0]), (large, size)], folder, rounds)
            rate = (size - filled) / spent
            yield Stage(size, rate, peak, _largest(catalogue), costs, beside)
            filled = size


def _open(path: Path) -> SqliteCatalogue:
    return SqliteCatalogue(path.with_suffix(".sqlite"))
