# SPDX-License-Identifier: GPL-2.0-or-later
"""``lazy_pattern``: a regular expression that is compiled when it is asked first.

Of those that stand in modules most are never asked in a run that looks at one message, and each
takes a quarter of a millisecond to compile.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


class _LazyPattern:
    """Stands in for an ``re.Pattern``: the same methods and attributes, not the same type."""

    def __init__(self, pattern: Any, flags: int = 0) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        """Asked for what is not there yet: from then on all methods are the pattern's own."""
        source, flags = self._source
        compiled: re.Pattern[Any] = re.compile(source, flags)
        vars(self).update({one: getattr(compiled, one) for one in _METHODS})
        return getattr(compiled, name)


if TYPE_CHECKING:
    lazy_pattern = re.compile
else:
    lazy_pattern = _LazyPattern
