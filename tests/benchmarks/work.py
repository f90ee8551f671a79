"""One contestant in a process of its own: ``python -m benchmarks.work SUBJECT WHO URL OPTIONS``.

Prints what the subject's ``run`` found as JSON, numbers by name.
"""

from __future__ import annotations

import importlib
import json
import sys


def main() -> None:
    """Run one contestant once."""
    subject, who, url, options = sys.argv[1:]
    module = importlib.import_module(f"{__package__}.{subject}")
    print(json.dumps(module.run(who, url, **json.loads(options))))


if __name__ == "__main__":
    main()
