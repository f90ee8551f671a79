"""What callers can choose. Checked when the program starts, and shared by every call."""

from __future__ import annotations

from datetime import timedelta

from sinch import Locale
from sinch.svaml import Svaml, tts

svaml = Svaml(Locale.EN_GB)

# --8<-- [start:menus]
menus = (
    svaml.menus()
    .begin_menu(
        "main",
        tts("For the state of your order, press 1. For our opening hours, press 2."),
        repeat_prompt=tts("Press 1 or 2. To speak to somebody, press 0."),
        repeats=2,
        timeout=timedelta(seconds=6),
    )
    .goto("1", "order")
    .goto("2", "hours")
    .trigger_pie("0", "agent")
    .end_menu()
    .begin_menu("hours", tts("We are here from nine to five. To go back, press star."))
    .goto("*", "main")
    .end_menu()
    .number_input("order", tts("Enter the four digits of your order."), 4)
)
# --8<-- [end:menus]

if __name__ == "__main__":
    print(menus.to_mermaid())
