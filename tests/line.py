"""A bad line: a relay on a loopback port that loses connections as a test wants."""

import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from threading import Thread

PIECE = 65_536
RESET = struct.pack("ii", 1, 0)
"""Linger for no time: closing says RST, as a line that breaks."""


class Fate(Enum):
    """What becomes of a request and its answer."""

    WHOLE = "nothing is lost"
    BEFORE = "lost before the server has it"
    DURING = "lost after the first bytes of the answer"
    AFTER = "the whole answer is lost, although the server gave it"


def whole(_request: bytes) -> Fate:
    return Fate.WHOLE


class Line:
    """Relays to a port of this machine. `fate` is asked for every request (its first bytes); all is lost while cut."""

    def __init__(self, target: int, fate: Callable[[bytes], Fate] = whole) -> None:
        self.target, self.fate, self.broken = target, fate, False
        self._open: set[socket.socket] = set()
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listening.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        self.broken = True
        for one in list(self._open):
            _reset(one)

    def mend(self) -> None:
        self.broken = False

    def close(self) -> None:
        self.cut()
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):  # closed
            while True:
                client, _address = self._listening.accept()
                Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        fates: list[Fate] = []
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.target)) as server:
            both = {client, server}
            self._open |= both
            Thread(target=self._ask, args=(client, server, fates), daemon=True).start()
            _answer(server, client, fates)
            self._open -= both
        if fates == [Fate.WHOLE]:
            client.close()
        else:
            _reset(client)

    def _ask(self, client: socket.socket, server: socket.socket, fates: list[Fate]) -> None:
        with suppress(OSError):
            while piece := client.recv(PIECE):
                if piece.startswith((b"GET ", b"POST ")):
                    fates[:] = [Fate.BEFORE if self.broken else self.fate(piece)]
                if fates == [Fate.BEFORE]:
                    break
                server.sendall(piece)
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR if fates == [Fate.BEFORE] else socket.SHUT_WR)


def _answer(server: socket.socket, client: socket.socket, fates: list[Fate]) -> None:
    while piece := server.recv(PIECE):
        if fates != [Fate.WHOLE]:
            if fates == [Fate.DURING]:
                client.sendall(piece[:40])
            return
        client.sendall(piece)
    client.shutdown(socket.SHUT_WR)


def _reset(one: socket.socket) -> None:
    with suppress(OSError):
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        one.shutdown(socket.SHUT_RDWR)
    one.close()
