# SPDX-License-Identifier: GPL-2.0-or-later
"""All local branches of all repositories: what each holds, how far it is, and what it wants."""
