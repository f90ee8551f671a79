"""Verify a phone number by SMS, asking for the code on the terminal.

Usage: python verify_number.py +61491570156
"""

from __future__ import annotations

import sys

from sinch import SinchClient, VerificationMethod, VerificationStatus


def main(number: str) -> int:
    with SinchClient() as sinch:
        started = sinch.verification(number).initiate(VerificationMethod.SMS)
        print(f"verification {started.id}", flush=True)
        while code := input("code: ").strip():
            report = sinch.verification(id=started.id, code=code).report(VerificationMethod.SMS)
            if report.status == VerificationStatus.SUCCESSFUL:
                print("verified")
                return 0
            print(f"{report.status}: {report.reason}", flush=True)
            if sinch.verification(id=started.id).get().status != VerificationStatus.PENDING:
                break
    print("not verified")
    return 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
