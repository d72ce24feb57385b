"""The entries of a zip file, unpacked piece by piece and never further than its directory says.

A directory can lie: the zip module stops where it says an entry ends, a spreadsheet reader goes on to
the end of the packed data. Here both must be the same.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator

WINDOW = 4 << 20
_OVERLAP = 4 << 10
_FED = 1 << 20
_LOCAL_HEADER = 30
_ENCRYPTED = 1


def windows(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """An entry in overlapping windows, so that no tag is cut in two; raises BadZipFile."""
    kept = b""
    for piece in pieces(data, entry):
        yield kept + piece
        kept = (kept + piece)[-_OVERLAP:]


def pieces(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """An entry in pieces; raises BadZipFile where it is damaged or is not what its directory says."""
    packed = _packed(data, entry)
    size = 0
    for piece in _unpacked(packed, entry.compress_type):
        size += len(piece)
        if size > entry.file_size:
            raise zipfile.BadZipFile
        yield piece
    if size != entry.file_size:
        raise zipfile.BadZipFile


def _packed(data: bytes, entry: zipfile.ZipInfo) -> memoryview:
    start = entry.header_offset + _LOCAL_HEADER
    if entry.flag_bits & _ENCRYPTED or start > len(data):
        raise zipfile.BadZipFile
    name, extra = struct.unpack_from("<HH", data, start - 4)
    begin = start + name + extra
    return memoryview(data)[begin : begin + entry.compress_size]


def _unpacked(packed: memoryview, method: int) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        yield bytes(packed)
        return
    if method != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for at in range(0, len(packed), _FED):
            fed = bytes(packed[at : at + _FED])
            while fed:
                yield inflater.decompress(fed, WINDOW)
                fed = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error:
        raise zipfile.BadZipFile from None
    if not inflater.eof:
        raise zipfile.BadZipFile
