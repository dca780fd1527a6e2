"""A network between tablet and machine that delays, loses and cuts: a proxy on loopback.

What goes to the machine always arrives; what comes back is what the test says. So a lost
answer is a request that the till took and the page never heard of.
"""

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit

CHUNK_BYTES = 1 << 16


class BadNetwork:
    """Passes connections on to the till at `url`; changes take hold at once.

    `delay_seconds` holds every answer up; `loses_answers` drops them and hangs up.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._till = (parts.hostname, parts.port)
        self.delay_seconds = 0.0
        self.loses_answers = False
        self._is_silent = False
        self._waits = threading.Event()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._serve, args=(self._listener,))]
        self._threads[0].start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Pull the cable: connections end, and new ones are refused."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._hang_up()

    def mend(self) -> None:
        """Put the cable back, at the same address."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self._threads.append(threading.Thread(target=self._serve, args=(self._listener,)))
        self._threads[-1].start()

    def fall_silent(self) -> None:
        """Go out of reach: what is sent is swallowed, and nobody says so."""
        self._is_silent = True

    def speak(self) -> None:
        """Come back into reach; what was swallowed is lost."""
        self._is_silent = False
        self._hang_up()

    def close(self) -> None:
        """Stop; every thread is over when this returns."""
        self._waits.set()
        self.cut()
        for thread in self._threads:
            thread.join()

    def _serve(self, listener) -> None:
        while True:
            try:
                tablet, _ = listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._pass_on, args=(tablet,))
            self._threads.append(thread)
            thread.start()

    def _pass_on(self, tablet) -> None:
        try:
            till = socket.create_connection(self._till)
        except OSError:
            tablet.close()
            return
        with self._lock:
            self._open |= {tablet, till}
        answers = threading.Thread(target=self._copy, args=(till, tablet, True))
        answers.start()
        self._copy(tablet, till, False)
        answers.join()
        with self._lock:
            self._open -= {tablet, till}
        tablet.close()
        till.close()

    def _copy(self, source, target, is_answer: bool) -> None:
        with suppress(OSError):
            while chunk := source.recv(CHUNK_BYTES):
                if self._is_silent:
                    continue
                if is_answer and self.loses_answers:
                    break
                if is_answer and self.delay_seconds:
                    self._waits.wait(self.delay_seconds)
                target.sendall(chunk)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _hang_up(self) -> None:
        with self._lock:
            for one in self._open:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
