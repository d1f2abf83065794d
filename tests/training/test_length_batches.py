"""The order of reading: every row once, like lengths together, batches mixed."""

from fashionm3.training.length_batches import LengthBatches

LENGTHS = [n * 37 % 101 for n in range(101)]


def test_every_row_is_read_once_and_neighbours_have_like_lengths():
    order = list(LengthBatches(LENGTHS, 4, seed=1))
    assert sorted(order) == list(range(101))
    batches = [order[n : n + 4] for n in range(0, 100, 4)]
    spread = [max(LENGTHS[i] for i in b) - min(LENGTHS[i] for i in b) for b in batches]
    assert max(spread) == 3


def test_long_and_short_batches_are_mixed():
    order = list(LengthBatches(LENGTHS, 4, seed=1))
    means = [sum(LENGTHS[i] for i in order[n : n + 20]) / 20 for n in range(0, 100, 20)]
    assert max(means) - min(means) < 40


def test_the_order_follows_the_seed_and_the_pass():
    sampler = LengthBatches(LENGTHS, 4, seed=1)
    first = list(sampler)
    assert list(LengthBatches(LENGTHS, 4, seed=1)) == first
    assert list(LengthBatches(LENGTHS, 4, seed=2)) != first
    sampler.set_epoch(1)
    assert list(sampler) != first
