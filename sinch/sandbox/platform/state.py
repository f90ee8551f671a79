"""What all services share: settings, time, ids, and the application they play for."""

from __future__ import annotations

import threading
from base64 import b64encode
from datetime import datetime, timedelta
from random import Random, SystemRandom
from uuid import UUID

import attrs

from sinch.core.signing import Credentials, utc_now
from sinch.engine.scheduler import Clock, Scheduler
from sinch.sandbox.delivery.callbacks import CallbackOutbox
from sinch.sandbox.delivery.faults import Faults
from sinch.sandbox.delivery.keys import Keys
from sinch.sandbox.delivery.plan_access import PlanAccess
from sinch.sandbox.delivery.targets import Targets
from sinch.values import PhoneNumber
from sinch_api.models.verification import CodeType

from .event_bus import Bell, EventBus

DEFAULT_NUMBER = "+46700000001"
#: The alphabet of Crockford's base 32.
_BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@attrs.frozen(kw_only=True)
class Timings:
    """How long things take in the sandbox.

    Sinch publishes none of these. They are short, so that a demo does not wait, except where a
    person may have to type; tests move the clock instead.
    """

    sms_delivery: timedelta = timedelta(seconds=0.3)
    """From sending a message until its status is Successful; of a batch, from handing it over."""
    sms_queue: timedelta = timedelta(seconds=0.1)
    """From accepting a batch until its messages are handed over, if it is to be sent at once."""
    ringing: timedelta = timedelta(seconds=0.1)
    """From placing a call until the phone rings."""
    answering: timedelta = timedelta(seconds=0.5)
    """From placing a call until somebody answers."""
    speaking: timedelta = timedelta(seconds=2)
    """What a TTS callout takes once answered."""
    custom_call: timedelta = timedelta(seconds=10)
    """How long a callout lasts that is answered but connected to nobody."""
    sms_expiry: timedelta = timedelta(seconds=298)
    """Life of an SMS verification without ``smsOptions.expiry``; 32 to 298 were seen (docs/platform/verification.md#start)."""
    interception: timedelta = timedelta(seconds=60)
    """Life of a flash call verification without ``interceptionTimeout``."""
    callout_expiry: timedelta = timedelta(seconds=298)
    """Life of the other verifications."""


@attrs.frozen(kw_only=True)
class Settings:
    """How strict and how forgetful the sandbox is."""

    timings: Timings = attrs.field(factory=Timings)
    max_attempts: int = 3
    """Wrong reports until a verification has failed for good. Not documented."""
    public_verification: bool = True
    """Whether verification takes public authentication; starting one takes a callback URL too."""
    timestamp_window: timedelta = timedelta(minutes=15)
    """How far ``x-timestamp`` may be off. Not documented (docs/platform/signing.md#headers)."""
    remember: int = 10_000
    """Records kept of each kind; older ones are forgotten."""
    remember_requests: int = 500
    """Exchanges kept in the request log."""
    max_body: int = 2 * 1024 * 1024
    """Largest request body in bytes."""
    callback_timeout: timedelta = timedelta(seconds=5)
    """Real time the app has to answer a callback of SMS or verification. Not documented."""
    longest_wait: timedelta = timedelta(seconds=30)
    """Real time that requests below ``/_sandbox`` wait for callbacks to be answered."""


class Ids:
    """Makes ids, codes and keys from one source of randomness."""

    def __init__(self, random: Random | None = None) -> None:
        self._random = random or SystemRandom()
        # an int for the 2018 SDK, which has 32 bits for it
        self._message_id = self._random.randrange(100_000_000, 1_000_000_000)

    def guid(self) -> str:
        """A random GUID."""
        return str(UUID(int=self._random.getrandbits(128), version=4))

    def message_id(self) -> int:
        """The next message id; counts up from a random start."""
        self._message_id += 1
        return self._message_id

    def skip_message_ids(self, last: int) -> None:
        """Go on after an id that was used before."""
        self._message_id = max(self._message_id, last)

    def code(self, kind: CodeType, length: int = 4) -> str:
        """A one-time code, without characters that people mix up."""
        digits, letters = "0123456789", "ABCDEFGHJKLMNPQRSTUVWXYZ"
        alphabet = {CodeType.ALPHA: letters, CodeType.ALPHANUMERIC: letters + digits[2:]}
        return "".join(self._random.choice(alphabet.get(kind, digits)) for _ in range(length))

    def caller(self) -> str:
        """A number for a flash call to come from."""
        return f"+4470{self._random.randrange(10_000_000, 99_999_999)}"

    def ulid(self, now: datetime) -> str:
        """An id of 26 characters that begins with the time, as those of batches."""
        number = int(now.timestamp() * 1000) << 80 | self._random.getrandbits(80)
        return "".join(_BASE32[number >> shift & 31] for shift in range(125, -1, -5))

    def token(self) -> str:
        """The id or the token of a service plan: 32 hexadecimal digits."""
        return f"{self._random.getrandbits(128):032x}"

    def secret(self) -> str:
        """An application secret: 16 bytes in base64."""
        return b64encode(self._random.randbytes(16)).decode("ascii")


class State:
    """The sandbox's one application and everything it runs on.

    ``lock`` guards all services: hold it while reading records from another thread.
    """

    def __init__(
        self,
        *,
        key: str | None = None,
        secret: str | None = None,
        numbers: tuple[str, ...] = (DEFAULT_NUMBER,),
        settings: Settings | None = None,
        clock: Clock = utc_now,
        random: Random | None = None,
        targets: Targets | None = None,
        plan: PlanAccess | None = None,
    ) -> None:
        self.ids = Ids(random)
        self.settings = settings or Settings()
        self.bell = Bell()
        self.scheduler = Scheduler(clock, self.bell.ring)
        self.credentials = Credentials(key or self.ids.guid(), secret or self.ids.secret())
        self.plan = (plan or PlanAccess()).completed(self.ids.token)
        self.numbers = tuple(PhoneNumber.parse(number) for number in numbers)
        self.lock = threading.RLock()
        self.events = EventBus()
        self.faults = Faults(random)
        self.outbox = CallbackOutbox(self.bell.ring)
        self.first_targets = targets or Targets()
        self.targets = attrs.evolve(self.first_targets)
        self.base_url = ""
        """Where the sandbox runs; "" while it does not."""

    def reset_targets(self) -> None:
        """Return to the callback URLs it was started with."""
        self.targets = attrs.evolve(self.first_targets)

    @property
    def keys(self) -> Keys:
        """What callbacks are signed with."""
        return Keys(self.credentials, self.plan)

    @property
    def secrets(self) -> tuple[str, ...]:
        """Texts that must not show up in a log."""
        return (self.credentials.secret, *self.plan.secrets)

    def is_own_key(self, key: str) -> bool:
        """Whether a key is the application's, in any letter case as GUIDs are."""
        return key.strip().casefold() == self.credentials.application_key.casefold()
