"""How often a process looks for garbage, in one place.

Rules, words and compiled patterns stay as long as the process does, some 190,000 objects of them and of what is read by
and by; Python's own thresholds look through all of them many times an article.
"""

import gc

_NEW, _YOUNG, _MIDDLE = (
    100_000,
    10,
    10,
)  # objects made; rounds of the generation before


def look_rarely() -> None:
    """Look for garbage a hundred times less often than Python does by itself."""
    gc.set_threshold(_NEW, _YOUNG, _MIDDLE)


def pass_over_what_is_here() -> None:
    """Never look through what is loaded by now, so that no worker gets its own copy of it by being looked through."""
    gc.freeze()
