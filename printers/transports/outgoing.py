"""How much of what was handed to the system still waits on this machine."""

import fcntl
import struct
import termios


def bytes_waiting(descriptor: int) -> int:
    """Count bytes the other side has not taken; 0 where the system cannot say."""
    try:
        answer = fcntl.ioctl(descriptor, termios.TIOCOUTQ, bytes(4))
    except OSError:
        return 0
    return int(struct.unpack("i", answer)[0])
