# SPDX-License-Identifier: GPL-2.0-or-later
"""A crash at the n-th call of a port: what was done before it stays done, the rest never comes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any, cast

from maintainer_kit.workflow.ports import Catalogue, Journal, MailFolder, MailIndex
from maintainer_kit.workflow.stores import Stores


class Crash(BaseException):
    """The power went out; nobody below may catch it."""


class Fuse:
    """Counts calls, and burns through at one of them."""

    def __init__(self, at: int | None = None) -> None:
        self.at = at
        self.calls: list[str] = []

    def spend(self, name: str) -> None:
        """One more call; raises Crash when it is the one."""
        self.calls.append(name)
        if len(self.calls) == self.at:
            raise Crash(f"call {self.at}: {name}")

    def guard(self, stores: Stores) -> Stores:
        """The same stores behind this fuse."""
        return replace(
            stores,
            index=cast(MailIndex, _Fused(stores.index, self, "index")),
            catalogue=cast(Catalogue, _Fused(stores.catalogue, self, "catalogue")),
            journal=cast(Journal, _Fused(stores.journal, self, "journal")),
            folder=cast(MailFolder, _Fused(stores.folder, self, "folder")),
        )


class _Fused:
    """A port each of whose calls spends the fuse first."""

    def __init__(self, inner: object, fuse: Fuse, name: str) -> None:
        self._inner = inner
        self._fuse = fuse
        self._name = name

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._inner, name)
        if not callable(value):
            return value

        def call(*args: Any, **more: Any) -> Any:
            self._fuse.spend(f"{self._name}.{name}")
            result = value(*args, **more)
            if isinstance(result, AbstractContextManager):
                return self._within(result, name)
            return result

        return call

    @contextmanager
    def _within(self, manager: AbstractContextManager[Any], name: str) -> Iterator[Any]:
        """A transaction, or an index open for writing: its end is a moment of its own."""
        with manager as inner:
            yield _Fused(inner, self._fuse, name) if inner is not None else None
            self._fuse.spend(f"end of {self._name}.{name}")
