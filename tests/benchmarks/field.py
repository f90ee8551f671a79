"""What every subject is given: where contestants run, how many rounds there are, and the peer's URL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .contest import Contestant, Samples, compete
from .environments import Environment


@dataclass(frozen=True)
class Field:
    """The conditions, alike for all."""

    url: str
    folder: Path
    ours: Environment
    with_orjson: Environment
    rounds: int
    quick: bool

    def compete(self, module: str, names: Iterable[str], options: Mapping[str, Any]) -> Samples:
        """Contestants of one subject, in the same environment, with the same options."""
        subject = module.rpartition(".")[2]
        contestants = {name: Contestant(subject, name, self.ours, options) for name in names}
        return self.between(contestants)

    def between(self, contestants: Mapping[str, Contestant], rounds: int | None = None) -> Samples:
        """Contestants of any kind."""
        return compete(contestants, self.url, self.folder, rounds=rounds or self.rounds)
