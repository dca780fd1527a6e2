"""What this process found broken in the file it sells from, for whoever shows it."""

import threading


class Damage:
    """The engine's words for the first damage met; None where there is none."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._fact: str | None = None

    @property
    def fact(self) -> str | None:
        """What is broken, in the engine's words."""
        return self._fact

    def tell(self, fact: str) -> bool:
        """Keep a damage; says whether it is news."""
        with self._lock:
            is_news = self._fact is None
            self._fact = self._fact or fact
            return is_news
