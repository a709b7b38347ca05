# SPDX-License-Identifier: GPL-2.0-or-later
"""Orders in mail: who gave them, whether he may, and what comes of them."""
