"""Reminders of appointments, by SMS."""
