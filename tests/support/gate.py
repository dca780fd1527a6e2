"""A way to a printer that a test can watch, and at which it can act at an exact byte."""

import contextlib
import select
import socket
import threading

CHUNK_BYTES = 4096


class Gate:
    """Passes one connection after the other on to `port`, and stops where it is told to.

    `at_byte` counts what a connection sent, `at_answer` the printer's word that a job is done;
    `then` is called once, before anything goes on.
    """

    def __init__(self, port):
        self._port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.1)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.open()
        self._thread.start()

    @property
    def address(self):
        return f"tcp://127.0.0.1:{self._listener.getsockname()[1]}"

    def open(self):
        """Let everything through."""
        self.at_byte, self.at_answer, self.then = None, False, None

    def stop_at(self, then, *, byte=None, answer=False):
        """Call `then` when a connection has sent so many bytes, or when the printer confirms."""
        self.then, self.at_byte, self.at_answer = then, byte, answer

    def close(self):
        self._stopping.set()
        self._thread.join()
        self._listener.close()

    def _run(self):
        while not self._stopping.is_set():
            with contextlib.suppress(TimeoutError):
                near, _ = self._listener.accept()
                with near, socket.create_connection(("127.0.0.1", self._port)) as far:
                    near.settimeout(None)
                    with contextlib.suppress(OSError):
                        self._pass_on(near, far)

    def _pass_on(self, near, far):
        sent = 0
        self._reached(sent)
        while not self._stopping.is_set():
            for ready in select.select([near, far], [], [], 0.1)[0]:
                if ready is near:
                    data = near.recv(self._wanted(sent))
                    far.sendall(data)
                    sent += len(data)
                    self._reached(sent)
                else:
                    data = far.recv(CHUNK_BYTES)
                    if self.at_answer and b"\x37\x22" in data:
                        self._act()
                    near.sendall(data)
                if not data:
                    return

    def _wanted(self, sent):
        return CHUNK_BYTES if self.at_byte is None else max(1, self.at_byte - sent)

    def _reached(self, sent):
        if self.at_byte is not None and sent >= self.at_byte:
            self._act()

    def _act(self):
        then = self.then
        self.open()
        then()
