# SPDX-License-Identifier: GPL-2.0-or-later
"""public-inbox clones, read from git objects."""
