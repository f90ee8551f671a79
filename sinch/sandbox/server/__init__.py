"""Running a sandbox: the emulator without a socket, HTTP around it, and callbacks in real time."""
