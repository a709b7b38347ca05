# SPDX-License-Identifier: GPL-2.0-or-later
"""Names of repositories and branches."""

from __future__ import annotations

import pytest

from maintainer_kit.model.message.commit_place import branch_of, tree_of

ID = "ab" * 20


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (f"https://git.example/tip/{ID}", "tip"),
        (f"https://git.example/pebble/linux/c/{ID}", "pebble/linux"),
        (f"https://git.example/pub/scm/pebble.git/commit/?h=dev&id={ID}", "pub/scm/pebble.git"),
        (f"https://git.example/pub/scm/pebble.git/?id={ID[:12]}", "pub/scm/pebble.git"),
        (f"http://git.example/linus/;a=commit;h={ID}", "linus"),
        (f"http://git.example/git/?p=a/b/pebble-2.6.git;a=commit;h={ID}", "a/b/pebble-2.6.git"),
        (f"http://git.example/?a=commit;p=pebble%2Egit;h={ID}", "pebble.git"),
        (f"https://github.example/quarry/pebble/commit/{ID}", "quarry/pebble"),
        (f"https://gitlab.example/quarry/team/pebble/-/commit/{ID}", "quarry/team/pebble"),
        ("git://git.example/pub/scm/pebble.git", "pub/scm/pebble.git"),
        ("ssh://robin@git.example/pebble.git", "pebble.git"),
        ("git@git.example:quarry/pebble.git", "quarry/pebble.git"),
        ("<https://git.example/pebble/>", "pebble"),
        (f"https://git.example/{ID}", ""),
        ("torvalds/linux.git", "torvalds/linux.git"),
        ("  tip ", "tip"),
        ("", ""),
        (f"https://git.example/c/{ID}", ""),
    ],
)
def test_trees(address: str, expected: str) -> None:
    assert tree_of(address) == expected


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        ("refs/heads/master", "master"),
        (" x86/urgent ", "x86/urgent"),
        ("refs/tags/v1", "refs/tags/v1"),
        ("refs/heads/refs/heads/odd", "refs/heads/odd"),
        ("\udcff", "\ufffd"),
    ],
)
def test_branches(ref: str, expected: str) -> None:
    assert branch_of(ref) == expected
