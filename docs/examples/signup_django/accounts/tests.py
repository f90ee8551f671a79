"""The sign-up from the first page to the last, against a Sinch inside the test."""

from __future__ import annotations

from unittest import mock

from django.conf import settings
from django.test import TestCase

from accounts.callbacks import router
from accounts.models import SignUp
from sinch.testing import LocalSandbox


class SignUpTest(TestCase):
    """Pages, SDK and callbacks together; only Sinch is played."""

    def setUp(self) -> None:
        key, secret = settings.SINCH["APPLICATION_KEY"], settings.SINCH["APPLICATION_SECRET"]
        self.sinch = self.enterContext(LocalSandbox(key=key, secret=secret))
        self.sinch.send_verifications_to(router)
        client = self.enterContext(self.sinch.client())  # needs no port
        self.enterContext(mock.patch("accounts.views.get_client", return_value=client))

    def give(self, number: str) -> None:
        """Fill in the first page."""
        response = self.client.post("/", {"number": number})
        self.assertRedirects(response, "/code/")

    # --8<-- [start:happy]
    def test_a_number_is_verified(self) -> None:
        self.give("+61 491 570 156")
        code = self.sinch.verifications[-1].code

        response = self.client.post("/code/", {"code": code}, follow=True)

        self.assertContains(response, "+61491570156 is yours")
        self.assertIsNotNone(SignUp.objects.get().verified_at)

    # --8<-- [end:happy]

    def test_a_wrong_code_may_be_tried_again(self) -> None:
        self.give("+61491570156")
        code = self.sinch.verifications[-1].code
        wrong = "0000" if code != "0000" else "1111"

        response = self.client.post("/code/", {"code": wrong})
        self.assertContains(response, "not the code", status_code=422)
        self.assertIsNone(SignUp.objects.get().verified_at)
        self.assertRedirects(self.client.post("/code/", {"code": code}), "/welcome/")

    def test_what_is_no_number_is_told_before_anything_is_sent(self) -> None:
        response = self.client.post("/", {"number": "0491 570 156"})

        self.assertContains(response, "Begin with +")
        self.assertEqual(self.sinch.verifications, ())

    def test_other_countries_get_no_code(self) -> None:
        response = self.client.post("/", {"number": "+15612600684"})

        self.assertContains(response, "cannot send codes", status_code=503)
        self.assertEqual(self.sinch.messages, ())

    def test_when_sinch_is_down_the_page_says_so(self) -> None:
        self.sinch.add_faults("server-error,times=9")
        response = self.client.post("/", {"number": "+61491570156"})

        self.assertContains(response, "could not be sent", status_code=503)

    def test_a_lost_answer_is_made_up_for_by_the_callback(self) -> None:
        self.give("+61491570156")
        self.sinch.add_faults("lost-response,match=/verification,times=1")
        response = self.client.post("/code/", {"code": self.sinch.verifications[-1].code})

        self.assertContains(response, "could not be checked", status_code=503)
        self.assertContains(self.client.get("/welcome/"), "is yours")

    def test_nobody_is_welcome_without_a_code(self) -> None:
        self.give("+61491570156")

        self.assertRedirects(self.client.get("/welcome/"), "/code/")
