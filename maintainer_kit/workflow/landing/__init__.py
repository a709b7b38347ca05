# SPDX-License-Identifier: GPL-2.0-or-later
"""What has landed where: from branches to the queue, and back."""
