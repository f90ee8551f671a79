"""The gate of the asyncio transport: so many at once, in the order they came, whatever is cancelled."""

from __future__ import annotations

import asyncio
import random

import pytest

from sinch_api.gate import Gate


class Crowd:
    """Tasks that pass a gate, and how many were inside."""

    def __init__(self, places: int) -> None:
        self.gate = Gate(places)
        self.places = places
        self.inside = self.most = 0
        self.passed: list[int] = []

    async def visit(self, number: int, turns: int = 1) -> None:
        turn = self.gate.enter()
        if turn is not None:
            try:
                await turn
            except BaseException:
                self.gate.give_up(turn)
                raise
        self.inside += 1
        self.most = max(self.most, self.inside)
        self.passed.append(number)
        try:
            for _ in range(turns):
                await asyncio.sleep(0)
        finally:
            self.inside -= 1
            self.gate.leave()

    def all_places_are_free(self) -> bool:
        return [self.gate.enter() for _ in range(self.places)] == [None] * self.places and (
            self.gate.enter() is not None
        )


async def test_no_more_than_there_is_room_for_and_in_order() -> None:
    crowd = Crowd(3)

    await asyncio.gather(*(crowd.visit(number) for number in range(50)))

    assert crowd.most == 3
    assert crowd.passed == list(range(50))
    assert crowd.all_places_are_free()


async def test_who_comes_later_does_not_get_in_between() -> None:
    crowd = Crowd(1)
    first = asyncio.create_task(crowd.visit(1))
    second = asyncio.create_task(crowd.visit(2))
    await first

    await asyncio.gather(second, crowd.visit(3))

    assert crowd.passed == [1, 2, 3]


async def test_who_is_cancelled_after_the_place_was_given_passes_it_on() -> None:
    crowd = Crowd(1)
    assert crowd.gate.enter() is None
    waiting = [asyncio.create_task(crowd.visit(number)) for number in (1, 2)]
    await asyncio.sleep(0)

    crowd.gate.leave()  # the place is that of 1 now, which has not run since
    waiting[0].cancel()
    await asyncio.wait(waiting)

    assert waiting[0].cancelled()
    assert crowd.passed == [2]
    assert crowd.all_places_are_free()


@pytest.mark.parametrize("seed", range(20))
async def test_no_place_is_lost_or_won_by_cancelling(seed: int) -> None:
    chance = random.Random(seed)
    crowd = Crowd(4)
    tasks = [asyncio.create_task(crowd.visit(number, chance.randrange(4))) for number in range(60)]
    while not all(task.done() for task in tasks):
        chance.choice(tasks).cancel()
        await asyncio.sleep(0)

    assert crowd.most <= 4
    assert crowd.inside == 0
    assert crowd.all_places_are_free()
