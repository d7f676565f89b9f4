"""What an answer prints: its head and its tail are kept, the rest is counted and dropped. Knows bytes; reads none."""


class Printed:
    def __init__(self, kept: int) -> None:
        self._head = bytearray()
        self._tail = bytearray()
        self._most_tail = kept // 5
        self._most_head = kept - self._most_tail
        self.size = 0

    def add(self, data: bytes) -> None:
        self.size += len(data)
        room = self._most_head - len(self._head)
        if room > 0:
            self._head += data[:room]
            data = data[room:]
        if data:
            self._tail += data[-self._most_tail :]
            del self._tail[: -self._most_tail]

    def contains(self, text: bytes) -> bool:
        return text in self._head or text in self._tail

    def text(self) -> str:
        """As it came: control characters are the reader's to clean."""
        gap = b"\n[...]\n" if self.size > len(self._head) + len(self._tail) else b""
        return b"".join((self._head, gap, self._tail)).decode("utf-8", "replace")
