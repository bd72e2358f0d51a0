"""Memory that is free again goes back to the machine.

Whoever makes something large from very much leaves free stretches between what stays. The C library keeps them for
later, and a process that serves for months seldom needs so much again.
"""

import ctypes


def give_back_freed() -> None:
    """Milliseconds; nothing where the C library is another than glibc (malloc_trim(3))."""
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)
