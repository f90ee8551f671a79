"""The phone in the browser: static files, and what serves them."""
