"""What Sinch knows: messages, verifications, calls, conferences, numbers, and the time they happen in."""
