"""Which options of the menus were walked."""

from __future__ import annotations

from sinch.callbacks import CallbackRouter
from sinch.testing import MenuCoverage, Phone, SvamlRefused


def test_options_that_nobody_chose_are_listed(ivr: CallbackRouter) -> None:
    phone = Phone(ivr)
    phone.call().press("1").press("1234#").hang_up()

    coverage = phone.menu_coverage()

    assert coverage.never_walked == (
        ("main", "2", "return(room)"),
        ("main", "9", "return(nothing)"),
    )
    assert str(coverage) == (
        "2 of 4 menu options walked\n"
        "  menu main, never walked:\n"
        "    2  return(room)\n"
        "    9  return(nothing)"
    )


def test_coverage_adds_up_over_calls(ivr: CallbackRouter) -> None:
    phone = Phone(ivr)
    for keys in ("1", "2"):
        phone.call().press(keys)
    with phone.expect_failure(SvamlRefused):  # its answer is empty
        phone.call().press("9")
    assert phone.menu_coverage().never_walked == (("pin", "digits", "up to 4"),)

    other = Phone(ivr).call().press("1").press("1234")
    both = phone.menu_coverage() + other.menu_coverage()
    assert both.complete
    assert str(both) == "4 of 4 menu options walked"


def test_a_call_hung_up_in_a_menu_has_walked_nothing(ivr: CallbackRouter) -> None:
    coverage = Phone(ivr).call().hang_up().menu_coverage()

    assert len(coverage.never_walked) == 4


def test_without_menus_there_is_no_coverage() -> None:
    assert not MenuCoverage()
    assert MenuCoverage().complete


def test_it_travels_between_processes(ivr: CallbackRouter) -> None:
    coverage = Phone(ivr).call().press("2").menu_coverage()

    assert MenuCoverage.from_json(coverage.to_json()) == coverage
