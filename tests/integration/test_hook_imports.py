# SPDX-License-Identifier: GPL-2.0-or-later
"""git waits for a hook: what is slow to import stays out where nothing is found."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.integration.repositories import Work

PACKAGE = Path(__file__).parents[2]
SLOW = ("click", "dataclasses", "difflib", "email", "importlib.resources", "inspect", "tempfile")
CODE = f"""
import sys
sys.path.insert(0, {str(PACKAGE)!r})
from maintainer_kit.cli.hook_start import start_hook
code = start_hook(["commit-msg", "message"])
print(code, *sorted(set({SLOW!r}) & set(sys.modules)))
"""
MESSAGE = """\
pebble: give the buffer back when a mount fails

A mount that fails a thousand times takes all memory with it. Give the
buffer back. Found with kmemleak, tried with a broken image.

Signed-off-by: Ada Author <ada@quarry.example>
"""


def test_a_good_message_costs_no_slow_import(tmp_path: Path) -> None:
    work = Work(tmp_path / "work")
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1"}
    work.git("config", "user.name", "Ada Author")
    work.git("config", "user.email", "ada@quarry.example")
    work.write("message", MESSAGE)
    argv = [sys.executable, "-I", "-S", "-c", CODE]
    done = subprocess.run(
        argv, cwd=work.path, env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout, done.stderr) == ("0\n", "")
