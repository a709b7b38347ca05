# SPDX-License-Identifier: GPL-2.0-or-later
"""Repositories from which somebody asks to pull, and keys that sign their tags."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.integration.repositories import Work

SIGNED = "Signed-off-by: Ada Author <ada@quarry.example>"
MAIN_URL = "https://git.lumen.example/pebble.git"


def commit_on(work: Work, title: str, name: str, text: str, more: str = "") -> str:
    """One commit, signed off by its committer."""
    path = work.path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return work.commit(f"{title}\n\nWhy it is done.\n\n{more}{SIGNED}\n")


def tree_to_pull(path: Path) -> Work:
    """A repository with an upstream branch ``up`` and a branch ``topic`` of three commits."""
    work = Work(path)
    lines = "".join(f"line {at}\n" for at in range(30))
    commit_on(work, "pebble: begin", "fs/pebble.c", lines)
    commit_on(work, "pebble: more", "fs/inode.c", "inode\n")
    work.git("branch", "up")
    work.git("checkout", "--quiet", "-b", "topic")
    commit_on(work, "pebble: change line 3", "fs/pebble.c", lines.replace("line 3\n", "third\n"))
    commit_on(work, "pebble: add a file", "fs/dir.c", "int dir;\n" * 5)
    work.git("mv", "fs/inode.c", "fs/node.c")
    work.commit(f"pebble: rename inode.c\n\nShorter.\n\n{SIGNED}\n")
    return work


def ssh_key(folder: Path, name: str = "key", principal: str = "ada@quarry.example") -> Path:
    """A key that signs, and beside it ``NAME.allowed``, which says whose it is."""
    key = folder / name
    argv = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", principal, "-f", str(key)]
    subprocess.run(argv, check=True, timeout=60)
    public = key.with_suffix(".pub").read_text(encoding="ascii")
    (folder / f"{name}.allowed").write_text(f"{principal} {public}", encoding="ascii")
    return key


def sign_tag(work: Work, key: Path, name: str, message: str, commit: str = "topic") -> None:
    """A tag signed by an SSH key."""
    with_key = ("-c", "gpg.format=ssh", "-c", f"user.signingKey={key}")
    work.git(*with_key, "tag", "--sign", "--file=-", name, commit, data=message.encode())


def gnupg_home(folder: Path) -> Path:
    """A keyring with a key of Ada's; its agent ends by itself once the folder is gone."""
    folder.mkdir(mode=0o700)
    argv = ["gpg", "--batch", "--quiet", "--passphrase", "", "--quick-generate-key"]
    env = {**os.environ, "GNUPGHOME": str(folder)}
    who = "Ada Author <ada@quarry.example>"
    subprocess.run([*argv, who, "ed25519", "sign", "never"], env=env, check=True, timeout=60)
    return folder
