"""Runs in a process that has the official sinch 1.1.4: evaluates calls given as JSON lines, one answer each.

First argument: host:port of a sandbox; then key and secret. The first line it writes lists every call there is.
"""

import inspect
import json
import sys

from sinch import SinchClient


def calls(area):
    for name, group in vars(area).items():
        if not name.startswith("_"):
            for method, _ in inspect.getmembers(group, inspect.ismethod):
                if not method.startswith("_"):
                    yield f"{name}.{method}"


def main(origin, key, secret):
    sinch = SinchClient(application_key=key, application_secret=secret)
    configuration = sinch.configuration
    configuration.disable_https = True
    configuration.verification_origin = origin
    configuration.voice_applications_origin = origin
    configuration.voice_origin = origin
    known = {
        "verification": sorted(calls(sinch.verification)),
        "voice": sorted(calls(sinch.voice)),
    }
    import sinch as package
    from sinch.domains.voice.models.svaml.actions import actions
    from sinch.domains.voice.models.svaml.instructions import instructions

    svaml = [
        name
        for module in (actions, instructions)
        for name, value in vars(module).items()
        if inspect.isclass(value)
        and value.__module__ == module.__name__
        and name.endswith(("Action", "Instruction"))
        and name not in ("Action", "Instruction")
    ]
    print(json.dumps({"calls": known, "svaml": svaml, "from": package.__version__}), flush=True)
    for line in sys.stdin:
        wanted = json.loads(line)
        try:
            eval(f"sinch.{wanted['code']}", {**wanted["names"], "sinch": sinch})
            print(json.dumps("ok"), flush=True)
        except Exception as error:  # noqa: BLE001  whatever it is, it is the answer
            print(json.dumps(f"{type(error).__name__}: {error}"), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
