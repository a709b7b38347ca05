# SPDX-License-Identifier: GPL-2.0-or-later
"""Options under which git writes a diff in one form, whatever the user has configured."""

from __future__ import annotations

CONFIG = (
    "-c",
    "core.quotePath=true",
    "-c",
    "diff.suppressBlankEmpty=false",
    "-c",
    "log.showRoot=true",
    "-c",
    "log.follow=false",
)
"""Before the verb: what has no option of its own."""

OPTIONS = (
    "--patch",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-relative",
    "--src-prefix=a/",
    "--dst-prefix=b/",
    "--unified=3",
    "--inter-hunk-context=0",
    "--diff-algorithm=default",
    "--indent-heuristic",
    "--find-renames",
    "-l1000",
    "-O/dev/null",
    "--submodule=short",
    "--ignore-submodules=none",
)
"""Behind it."""
