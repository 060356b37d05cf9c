"""Doors: what stands between a client and a server and breaks connections, at a moment that a seed says.

A connection that is cut is reset on both sides. What was cut may have arrived or not: a request, or its answer.
"""

import asyncio
import random
import socket
import struct

RESET = struct.pack("ii", 1, 0)


def reset(writer):
    """Ends a connection so that the other side gets an error and no end."""
    held = writer.get_extra_info("socket")
    if held is not None and held.family == socket.AF_INET and held.fileno() >= 0:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    writer.transport.abort()


class Door:
    """Passes connections on to an address: a port of this machine, or the path of a Unix socket."""

    def __init__(self, target, seed, rate):
        """`rate` is how many of the pieces that go through are cut instead, from 0 to 1."""
        self.target, self.random, self.rate = target, random.Random(f"door {target} {seed}"), rate
        self.open_connections = set()
        self.cuts = 0

    async def open(self, path=None):
        if path is None:
            self.server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
            self.port = self.server.sockets[0].getsockname()[1]
        else:
            self.server = await asyncio.start_unix_server(self.serve, path)

    def close(self):
        self.rate = 0
        self.server.close()
        self.cut_all()

    def cut_all(self):
        """Cuts every connection that is open."""
        for pair in list(self.open_connections):
            self.cuts += 1
            for writer in pair:
                reset(writer)

    async def serve(self, reader, writer):
        try:
            if isinstance(self.target, int):
                there = await asyncio.open_connection("127.0.0.1", self.target)
            else:
                there = await asyncio.open_unix_connection(self.target)
        except OSError:
            reset(writer)
            return
        pair = (writer, there[1])
        self.open_connections.add(pair)
        try:
            await asyncio.gather(self.passing(reader, there[1]), self.passing(there[0], writer))
        except (OSError, asyncio.CancelledError):
            for end in pair:
                reset(end)
        finally:
            self.open_connections.discard(pair)
            for end in pair:
                end.close()

    async def passing(self, reader, writer):
        while piece := await reader.read(65536):
            if self.random.random() < self.rate:
                self.cuts += 1
                # Half a message is the worst that can arrive.
                writer.write(piece[: self.random.randrange(len(piece))])
                await asyncio.sleep(0)
                raise ConnectionResetError
            writer.write(piece)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()
