"""One blocking SMS with the SDKs of others, each in an environment of its own.

They speak to their own hosts over TLS; an adapter sends them to the local server instead, without
TLS, so that what is compared is their own work. Those that cannot be installed here are left out.
"""

from __future__ import annotations

from typing import Any

from .bare import NUMBER, TEXT, accept
from .blocking_call import by_hand
from .contest import Contestant, Row
from .environments import peer
from .field import Field
from .loops import MODES, Call, spent

PACKAGES = ("twilio", "vonage", "sinch")


def measure(field: Field) -> list[Row]:
    """CPU time of a message with each, and with bare requests."""
    calls, batches = (20, 5) if field.quick else (60, 15)
    options = {"calls": calls, "batches": batches}
    found = {name: place for name in PACKAGES if (place := peer(name)) is not None}
    contestants = {name: Contestant("peers", name, place, options) for name, place in found.items()}
    contestants["bare"] = Contestant("peers", "bare", field.ours, options)
    samples = field.between(contestants)
    return [
        samples.row(
            f"{name} {place.versions[name]}: SMS, {mode}", name, "bare", key=mode,
            against="requests.Session.post",
        )
        for name, place in found.items()
        for mode in MODES
    ]  # fmt: skip


def run(who: str, url: str, *, calls: int, batches: int) -> dict[str, float]:
    """Microseconds of one message, in each mode."""
    ways = {"twilio": _twilio, "vonage": _vonage, "sinch": _sinch}
    call = by_hand(url, "sms") if who == "bare" else ways[who](url)
    return {mode: spent(call, calls=calls, batches=batches, mode=mode) for mode in MODES}


def _lead(session: Any, url: str) -> None:
    """Have a requests.Session go to the local server, whatever host it means."""
    from requests.adapters import HTTPAdapter

    class Local(HTTPAdapter):
        def send(self, request: Any, *args: Any, **options: Any) -> Any:
            request.url = url + request.path_url
            return super().send(request, *args, **options)

    session.mount("https://", Local())


def _twilio(url: str) -> Call:
    from twilio.rest import Client

    client: Any = Client("AC" + "0" * 32, "token")
    _lead(client.http_client.session, url)
    return lambda: accept(client.messages.create(to=NUMBER, from_="+46700000001", body=TEXT).sid)


def _vonage(url: str) -> Call:
    from vonage import Auth, Vonage
    from vonage_sms import SmsMessage

    client: Any = Vonage(Auth(api_key="key", api_secret="secret"))
    _lead(client.http_client._session, url)

    def call() -> None:
        message = SmsMessage(to=NUMBER[1:], from_="46700000001", text=TEXT)
        accept(client.sms.send(message).messages[0].message_id)

    return call


def _sinch(url: str) -> Call:
    from sinch import SinchClient

    client: Any = SinchClient(service_plan_id="plan", sms_api_token="token", sms_region="eu")
    _lead(client.configuration.transport.http_session, url)
    return lambda: accept(
        client.sms.batches.send_sms(to=[NUMBER], from_="+46700000001", body=TEXT).id
    )
