# SPDX-License-Identifier: GPL-2.0-or-later
"""Find the commit that a mailed patch became: fingerprints, likeness, assignment."""
