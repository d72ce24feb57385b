"""A sealed file opens as what went in, or not at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.sealing.container import CHUNK, HEADER_SIZE, BrokenSealError, key_id_of, seal, unseal
from flows.sealing.key import SealingKey

KEY, OTHER = SealingKey(b"k" * 32), SealingKey(b"o" * 32)
TAG = 16
SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7)


def text(size):
    return (b"0123456789" * (size // 10 + 1))[:size]


def does_not_open(data, key=KEY):
    with pytest.raises(BrokenSealError):
        unseal(key, data, "x.csv")


@pytest.mark.parametrize("size", SIZES)
def test_what_goes_in_comes_out(size):
    assert unseal(KEY, seal(KEY, text(size)), "x.csv") == text(size)


@given(st.binary(max_size=300))
@settings(max_examples=25, deadline=None)
def test_any_bytes_come_out_and_cannot_be_read_inside(data):
    sealed = seal(KEY, data)
    assert unseal(KEY, sealed, "x") == data
    assert len(data) < 8 or data not in sealed


def test_the_same_file_sealed_twice_is_not_the_same():
    assert seal(KEY, b"same") != seal(KEY, b"same")


@pytest.mark.parametrize("size", SIZES)
def test_cut_at_the_end_of_any_chunk_or_beside_it_it_does_not_open(size):
    sealed = seal(KEY, text(size))
    chunks = range(HEADER_SIZE, len(sealed), CHUNK + TAG)
    for cut in {0, 1, HEADER_SIZE - 1, *chunks, *(end + 1 for end in chunks), len(sealed) - 1}:
        does_not_open(sealed[:cut])


@pytest.mark.parametrize("size", SIZES)
def test_a_flipped_bit_anywhere_is_noticed(size):
    sealed = seal(KEY, text(size))
    for place in {*range(HEADER_SIZE + 2), len(sealed) // 2, len(sealed) - TAG, len(sealed) - 1}:
        changed = bytearray(sealed)
        changed[place] ^= 1
        does_not_open(bytes(changed))


def test_chunks_in_another_order_or_of_another_file_do_not_open():
    one, other = seal(KEY, text(3 * CHUNK)), seal(KEY, text(3 * CHUNK))
    size = CHUNK + TAG
    first, second = (
        slice(HEADER_SIZE + place * size, HEADER_SIZE + (place + 1) * size) for place in (0, 1)
    )
    rest = one[HEADER_SIZE + 2 * size :]
    does_not_open(one[:HEADER_SIZE] + one[second] + one[first] + rest)
    does_not_open(one[:HEADER_SIZE] + other[first] + one[second] + rest)
    does_not_open(one + one[HEADER_SIZE:])


def test_another_key_does_not_open_it_and_both_are_named_by_id_alone():
    sealed = seal(KEY, b"text")
    with pytest.raises(BrokenSealError, match=KEY.id) as refused:
        unseal(OTHER, sealed, "x.csv")
    assert OTHER.id in str(refused.value)
    assert key_id_of(sealed) == KEY.id
    forged = sealed.replace(bytes.fromhex(KEY.id), bytes.fromhex(OTHER.id))
    does_not_open(forged, OTHER)
