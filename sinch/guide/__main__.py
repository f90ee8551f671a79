"""``python -m sinch.guide [agents|llms]``: prints one part, or all of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from sinch.guide import PARTS, read


def main(arguments: Sequence[str]) -> int:
    """Write the parts that are named, by default all, to standard output."""
    unknown = [name for name in arguments if name not in PARTS]
    if unknown:
        sys.stderr.write(f"usage: python -m sinch.guide [{'|'.join(PARTS)}]\n")
        return 2
    sys.stdout.write("\n\n".join(read(name) for name in arguments or PARTS))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
