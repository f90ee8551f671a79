"""What every generated package stands on, copied into it as it is: values, operations, transports.

The package's own ``__init__`` takes the place of this one.
"""

__version__ = "0"
