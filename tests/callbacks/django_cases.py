"""The store in Django's own caches; test_seen.py runs this file in a process of its own."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import django
import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connections

from sinch.callbacks import CallbackRejected, CallbackVerifier, DjangoCacheSeenStore
from sinch.errors import ConfigurationError

MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def django_caches(tmp_path_factory):
    """Every kind of cache that needs no server; Django can be configured once a process."""
    folder = tmp_path_factory.mktemp("django")
    backends = "django.core.cache.backends."
    cache_settings = {
        "default": {"BACKEND": backends + "locmem.LocMemCache", "LOCATION": "seen"},
        "files": {"BACKEND": backends + "filebased.FileBasedCache", "LOCATION": str(folder / "c")},
        "table": {"BACKEND": backends + "db.DatabaseCache", "LOCATION": "seen_cache"},
        "dummy": {"BACKEND": backends + "dummy.DummyCache"},
    }
    databases = {
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "db.sqlite3")}
    }
    settings.configure(DATABASES=databases, CACHES=cache_settings, USE_TZ=True)
    django.setup()
    call_command("createcachetable", "seen_cache", verbosity=0)
    yield caches
    connections.close_all()


@pytest.mark.parametrize("alias", ["default", "files", "table"])
class TestRealDjangoCaches:
    @pytest.fixture
    def store(self, django_caches, alias):
        django_caches[alias].clear()
        return DjangoCacheSeenStore(alias)

    def test_a_token_is_claimed_once(self, store):
        assert store.claim("a", MINUTE)
        assert not store.claim("a", MINUTE)
        store.release("a")
        assert store.claim("a", timedelta(milliseconds=1))

    async def test_it_works_in_an_event_loop(self, store):
        assert await store.aclaim("a", MINUTE)
        assert not await store.aclaim("a", MINUTE)
        await store.arelease("a")
        assert await store.aclaim("a", MINUTE)

    @pytest.mark.parametrize(
        ("tolerance", "kept"), [(5 * MINUTE, 10 * MINUTE), (None, timedelta(days=6))]
    )
    def test_replays_are_found_through_it_for_twice_the_tolerance(
        self, store, tolerance, kept, key, secret, sign, now, monkeypatch
    ):
        verifier = CallbackVerifier(key, secret, clock=lambda: now, seen=store, tolerance=tolerance)
        verifier.verify(sign())
        later = time.time() + kept.total_seconds()
        moment = datetime.fromtimestamp(later, UTC)
        monkeypatch.setattr(time, "time", lambda: later)
        monkeypatch.setattr("django.core.cache.backends.db.tz_now", lambda: moment)
        with pytest.raises(CallbackRejected, match="replayed"):
            verifier.verify(sign())


def test_a_cache_that_remembers_nothing_is_refused(django_caches):
    with pytest.raises(ConfigurationError, match="DummyCache"):
        DjangoCacheSeenStore("dummy").claim("a", MINUTE)


def test_the_local_memory_cache_is_atomic(django_caches):
    django_caches["default"].clear()
    store = DjangoCacheSeenStore()
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: store.claim("contested", MINUTE), range(40))) == 1
