"""The API below ``/_sandbox``: what tests, demos and the browser look at, and how they intervene."""
