"""Who signs up, and how far they have come."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class SignUp(models.Model):
    """One attempt of one person; its id is the reference that Sinch keeps with the verification."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    number = models.CharField(max_length=20)
    verification_id = models.CharField(max_length=64, blank=True)
    verified_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def confirm(self) -> None:
        """Sinch says that the number is theirs: in the answer to a report, by a callback, or both."""
        type(self).objects.filter(pk=self.pk, verified_at=None).update(verified_at=timezone.now())
