"""Pages of the sign-up, and where Sinch calls back."""

from __future__ import annotations

from django.urls import path

from accounts import views
from accounts.callbacks import router
from sinch.web.django import callback_view

urlpatterns = [
    path("", views.start, name="start"),
    path("code/", views.code, name="code"),
    path("welcome/", views.welcome, name="welcome"),
    path("sinch/callbacks", callback_view(router)),
]
