"""Everything at once and nothing needed: a local Sinch, a client, and a verification that succeeds.

Usage: python without_account.py
"""

from __future__ import annotations

import json
from urllib.request import urlopen

from sinch import SinchClient, VerificationMethod
from sinch.sandbox import Sandbox


def main() -> None:
    with (
        Sandbox() as sandbox,
        SinchClient(
            sandbox.application_key, sandbox.application_secret, base_url=sandbox.url
        ) as sinch,
    ):
        started = sinch.verification("+61491570156").initiate(VerificationMethod.SMS)
        with urlopen(f"{sandbox.url}/_sandbox/verifications/{started.id}") as answer:
            text = json.load(answer)
        print("the phone shows:", text["text"])
        report = sinch.verification(id=started.id, code=text["code"]).report(VerificationMethod.SMS)
        print("verification:", report.status)


if __name__ == "__main__":
    main()
