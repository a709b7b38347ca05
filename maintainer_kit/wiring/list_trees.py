# SPDX-License-Identifier: GPL-2.0-or-later
"""The repositories in which the patches of lists are collected, by the settings."""

from __future__ import annotations

from maintainer_kit.adapters.settings import absolute_path
from maintainer_kit.config import Settings
from maintainer_kit.workflow.list_settings import list_trees


def known_trees(settings: Settings) -> list[str]:
    """Each once, by absolute path. Raises ConfigError."""
    return list(dict.fromkeys(absolute_path(path) for _, path in list_trees(settings)))
