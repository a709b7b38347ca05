# SPDX-License-Identifier: GPL-2.0-or-later
"""What a reviewer would say of a patch or a series: rules by family, and profiles as data."""
