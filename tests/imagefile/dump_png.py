#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists the chunks of the PNG file on standard input as JSON, one a line, by the standard alone: {"type", "size", "sum", "key", "text"}.

"sum" is the CRC-32 of the data, to compare chunks by. Fails with a sentence when the structure or a check sum is wrong.
"""
import json
import struct
import sys
import zlib


def main():
    data = sys.stdin.buffer.read()
    assert data[:8] == b"\x89PNG\r\n\x1a\n", "no PNG signature"
    at, kind = 8, b""
    while kind != b"IEND":
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + size]
        (crc,) = struct.unpack(">I", data[at + 8 + size:at + 12 + size])
        assert len(body) == size and crc == zlib.crc32(kind + body), f"{kind}: wrong check sum"
        line = {"type": kind.decode(), "size": size, "sum": zlib.crc32(body)}
        if kind == b"tEXt":
            key, text = body.split(b"\0", 1)
            line.update(key=key.decode("latin-1"), text=text.decode("latin-1"))
        elif kind == b"iTXt":
            key, rest = body.split(b"\0", 1)
            assert rest[:2] == b"\0\0", "compressed iTXt"
            text = rest[2:].split(b"\0", 2)[2]
            line.update(key=key.decode("latin-1"), text=text.decode("utf-8"))
        print(json.dumps(line))
        at += 12 + size
    assert at == len(data), "bytes behind IEND"


main()
