"""Eight processes, one Redis: every count is shared exactly, by both kinds of guards."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

PROCESSES, EACH = 8, 40

#: What the 320 starts of each case may do, of which each process makes 40, numbered by ``i`` in process ``p``.
CASES = {
    "PerNumber('100 per hour')": ("'+46701234567'", 100),
    "PerBlock('77 per hour', '99 per day')": ("f'+4670123{p}{i:03d}'", 77),
    "PerCountry('99 per hour')": ("f'+46701{p}{i:02d}123'", 99),
    "CoolDown(600)": ("'+46701234567'", 1),
    "Budget('1', 'EUR', assumed='0.01')": ("'+46701234567'", 100),
    "Conversion(after=50)": ("f'+4670123{p}{i:03d}'", 50),
}

WORKER = """
import asyncio, json, sys
from sinch.guard import *
from sinch.guard import stores

stores._TIMEOUT = 30.0  # eight processes on a busy machine

url, secret, kind, p, cases = sys.argv[1:]
rules = [eval(rule) for rule in json.loads(cases)]
numbers = [eval(f"lambda i: {number}") for number, _ in json.loads(cases).values()]
print("ready", flush=True)
sys.stdin.readline()

def options(case):
    return {"secret": f"{secret}{case}", "fail": "closed"}

def blocking():
    for case, rule in enumerate(rules):
        with VerificationGuard(url, [rule], **options(case)) as guard:
            yield [guard.check(numbers[case](i)) for i in range(EACH)]

async def in_a_loop():
    found = []
    for case, rule in enumerate(rules):
        async with AsyncVerificationGuard(url, [rule], **options(case)) as guard:
            found.append(await asyncio.gather(*(guard.check(numbers[case](i)) for i in range(EACH))))
    return found

found = list(blocking()) if kind == "blocking" else asyncio.run(in_a_loop())
assert not any(it.store_failed for case in found for it in case)
print(json.dumps([sum(map(bool, case)) for case in found]))
"""


@pytest.mark.parametrize("kind", ["blocking", "async"])
def test_eight_processes_share_every_count_exactly(kind, limits_url, secret):
    program = WORKER.replace("EACH", str(EACH))
    url = limits_url("async+" if kind == "async" else "")
    workers: list[Any] = [
        subprocess.Popen(
            [sys.executable, "-c", program, url, secret, kind, str(process), json.dumps(CASES)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for process in range(PROCESSES)
    ]
    try:
        for worker in workers:
            assert worker.stdout.readline() == "ready\n"
        for worker in workers:
            worker.stdin.write("\n")
            worker.stdin.flush()
        found = [json.loads(worker.communicate(timeout=60)[0]) for worker in workers]
    finally:
        for worker in workers:
            worker.kill()
            worker.communicate()
    allowed = dict(zip(CASES, map(sum, zip(*found, strict=True)), strict=True))
    assert allowed == {rule: expected for rule, (_, expected) in CASES.items()}
