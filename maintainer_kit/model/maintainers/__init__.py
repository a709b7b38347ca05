# SPDX-License-Identifier: GPL-2.0-or-later
"""MAINTAINERS: who looks after which files, and who is to be mailed for a patch."""
