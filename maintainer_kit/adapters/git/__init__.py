# SPDX-License-Identifier: GPL-2.0-or-later
"""git: repositories, objects, configuration, and runs of its commands."""
