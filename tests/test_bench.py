"""What `make bench` concludes from its samples; nothing here is timed."""

from __future__ import annotations

import random
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.benchmarks import loops, picture, report
from tests.benchmarks.contest import Figure, Row, Samples
from tests.benchmarks.kept import Kept


def samples(**contestants: list[float]) -> Samples:
    """Rounds in which each contestant took so long."""
    found = Samples()
    for values in zip(*contestants.values(), strict=True):
        found.rounds.append(
            {who: {"us": value} for who, value in zip(contestants, values, strict=True)}
        )
    return found


def noisy(middle: float, seed: int) -> list[float]:
    draw = random.Random(seed)
    return [middle * draw.uniform(0.8, 1.25) for _ in range(12)]


def test_a_ratio_is_that_of_medians_with_an_interval_around_it() -> None:
    row = samples(sinch=noisy(60, 1), bare=noisy(100, 2)).row("SMS", "sinch", "bare", aim=0.7)
    assert row.ratio is not None
    assert row.ratio.low < row.ratio.value < row.ratio.high
    assert row.ratio.holds(0.6)
    assert row.verdict == "good"


def test_an_aim_is_missed_by_the_median_not_by_an_end_of_the_interval() -> None:
    row = samples(sinch=noisy(60, 1), bare=noisy(100, 2)).row("SMS", "sinch", "bare", aim=0.5)
    assert row.verdict == "over"


@pytest.mark.parametrize(("again", "verdict"), [(100, "good"), (160, "over")])
def test_a_control_has_to_be_as_fast_as_itself(again: float, verdict: str) -> None:
    found = samples(bare=noisy(100, 3), control=noisy(again, 4))
    assert found.control("SMS: control", "control", "bare").verdict == verdict


def test_one_disturbed_round_moves_no_median() -> None:
    quiet, disturbed = [10.0] * 12, [10.0] * 11 + [500.0]
    assert samples(sinch=disturbed, bare=quiet).ratio("sinch", "bare", "us") == Figure(1, 1, 1)


def test_other_work_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(1000))
    monkeypatch.setattr(loops.time, "process_time", lambda: float(next(clock)))
    monkeypatch.setattr(loops, "other_work", lambda: next(clock))
    # each call reads the clock twice around the other work, which takes a tick itself
    assert loops.spent(lambda: None, calls=4, batches=1, mode="between") == pytest.approx(
        (4 * 3 + 1 - 4 * 2) / 4 * 1e6
    )


def test_the_page_keeps_what_is_written_by_hand(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    page.write_text(f"# By hand\n\n{report.MARK}\n\nold", encoding="utf-8")
    row = Row("SMS", Figure(60, 58, 63), Figure(100, 90, 110), Figure(0.6, 0.58, 0.63), "µs")
    report.write(page, report.as_markdown([row]))
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# By hand\n")
    assert "| SMS | 60.0 µs | 100 µs | 0.60 (0.58-0.63) |" in text
    assert "old" not in text


def test_rows_measured_again_take_the_place_of_those_before(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    page.write_text(f"# By hand\n\n{report.MARK}\n", encoding="utf-8")
    rows = [Row(name, Figure(60, 58, 63), None, None, "µs") for name in ("SMS", "SMS, warm")]
    report.write(page, report.as_markdown(rows))
    report.write_again(page, [Row("SMS", Figure(50, 48, 53), None, None, "µs")], "SMS once more.")
    text = page.read_text(encoding="utf-8")
    assert "| SMS | 50.0 µs |" in text
    assert "| SMS | 60.0 µs |" not in text
    assert "| SMS, warm | 60.0 µs |" in text
    assert text.endswith("SMS once more.\n")
    with pytest.raises(ValueError, match="measure the whole"):
        report.write_again(page, [Row("MMS", Figure(50, 48, 53), None, None, "µs")], "")


def test_a_run_that_was_broken_off_goes_on_with_the_same_commit_only(tmp_path: Path) -> None:
    file = tmp_path / "rows.json"
    row = Row("SMS", Figure(60, 58, 63), None, Figure(0.6, 0.58, 0.63), "µs", "≤ 0.58", good=False)
    Kept(file, "abc", resume=False).add("blocking", [row])
    assert Kept(file, "abc", resume=True).of("blocking") == [row]
    assert Kept(file, "abc", resume=True).of("async") is None
    assert Kept(file, "abd", resume=True).of("blocking") is None
    assert Kept(file, "", resume=True).of("blocking") is None


def test_the_picture_is_an_svg_with_every_point() -> None:
    points = {10**place: Figure(400 + place, 390, 420) for place in range(6)}
    drawn = picture.draw({"calls": points, "tasks": points, "threads": points})
    assert ElementTree.fromstring(drawn).tag.endswith("svg")
    assert len(re.findall("<circle", drawn)) == 18
