# SPDX-License-Identifier: GPL-2.0-or-later
"""b4 in a process of its own, on the interpreter that has it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.home import bare_environment

_SIDE = Path(__file__).with_name("b4_side.py")


class B4:
    """b4 in a process of its own."""

    def __init__(self, python: str, base: Path) -> None:
        self._python = python
        self._base = base
        self._env = {**bare_environment(base), "TZ": "UTC"}

    def ask(self, verb: str, requests: Sequence[dict[str, Any]]) -> list[Any]:
        """One answer for each request."""
        done = subprocess.run(
            [self._python, str(_SIDE), verb],
            input="".join(json.dumps(one) + "\n" for one in requests),
            env=self._env,
            cwd=self._base,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        assert len(answers) == len(requests), "b4 ended early"
        return answers
