import io
import threading
from itertools import chain, pairwise

import pytest
import torch
from agent.nano import LEXICON, TALK, Shown, nano, same_bits, talk
from agent.small_model import small_model, small_tokenizer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from fashionm3.agent.form import (
    HISTORY_ROUNDS,
    IMAGE,
    first_read,
    history_lines,
    one_line,
    prefix,
    question_lines,
)
from fashionm3.agent.prefix_cache import PrefixCache, digests, pieces_of
from fashionm3.agent.saying import within
from fashionm3.errors import Cancelled

LINE = st.text(max_size=40).map(one_line)


def toy(kept_bytes: int = 2**20) -> Shown:
    tokenizer = small_tokenizer()
    model = small_model(len(tokenizer), 4)
    model.config.max_position_embeddings = 8192
    return Shown(model, tokenizer, kept_bytes=kept_bytes)


def real(precision: str = "auto", kept_bytes: int = 512 * 2**20) -> Shown:
    loaded = nano(precision).decoder
    return Shown(loaded._model, loaded._tokenizer, loaded._heads, kept_bytes)


def part(n_bytes: int) -> list[tuple[torch.Tensor, torch.Tensor]]:
    half = torch.zeros(n_bytes // 2, dtype=torch.uint8)
    return [(half, half.clone())]


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 64), "navy").save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("n_rounds", range(40))
def test_the_window_reads_four_to_six_rounds_and_starts_at_every_third(n_rounds):
    start = first_read(n_rounds)
    assert start % 3 == 0
    if n_rounds <= HISTORY_ROUNDS:
        assert start == 0
    else:
        assert HISTORY_ROUNDS - 2 <= n_rounds - start <= HISTORY_ROUNDS


def test_two_of_three_rounds_begin_as_the_round_before():
    starts = [first_read(n) for n in range(6, 31)]
    kept = [now == before for before, now in pairwise(starts)]
    assert sum(kept) == 2 * len(kept) // 3


def test_a_prompt_is_cut_at_each_earlier_round():
    round_ = talk(3)
    rounds = pieces_of(history_lines(round_) + question_lines(round_, LEXICON))
    assert rounds[:3] == [
        "u: navy chinos for a tall bloke, up to 70\n> search category=pants color=navy\n",
        "u: same in olive\n> search category=pants color=green price_max=70\n",
        "u: brown boots to go with them\n> search category=shoes color=brown\n",
    ]
    assert rounds[3].startswith("s: shown A=")
    assert rounds[3].endswith("\nu: and in white?\n>")


def test_rounds_with_pictures_are_in_the_last_piece():
    text = f"u: a\n> reply\nu: {IMAGE}b\n> reply\nu: c\n> reply\nu: d\n>"
    assert pieces_of(text) == ["u: a\n> reply\n", f"u: {IMAGE}b\n> reply\nu: c\n> reply\nu: d\n>"]
    assert pieces_of(f"p: {IMAGE}\n>") == [f"p: {IMAGE}\n>"]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from(["u: ", "s: ", "> ", "p: "]).flatmap(lambda s: LINE.map(s.__add__)))
)
def test_pieces_are_the_whole_text_and_have_its_tokens(lines):
    text = "".join(f"{line}\n" for line in lines) + ">"
    pieces = pieces_of(text)
    decoder = DECODER
    assert "".join(pieces) == text
    assert list(chain(*map(decoder.encode, pieces))) == decoder.encode(text)


DECODER = toy()


def test_pieces_of_talks_have_the_tokens_of_the_whole_in_the_planners_vocabulary():
    decoder = real()
    for n in range(13):
        round_ = talk(n, words="größe 42 · 🙂 <|im_end|> 'u: x' > search ...")
        text = history_lines(round_) + question_lines(round_, LEXICON)
        cut = list(chain(*map(decoder.encode, pieces_of(text))))
        assert cut == decoder.encode(text)
        assert decoder.decode(cut) == text


def test_the_cache_stays_within_its_bytes_and_keeps_what_was_used_last():
    cache = PrefixCache(1000)
    for n in range(50):
        cache.keep([b"%d" % n], [part(300)])
        assert cache.held <= 1000
    assert len(cache) == 3
    assert cache.find([b"47"])
    cache.keep([b"47"], cache.find([b"47"]))
    cache.keep([b"new"], [part(300)])
    assert cache.find([b"47"])
    assert not cache.find([b"48"])


def test_the_first_rounds_of_a_talk_go_last():
    cache = PrefixCache(1000)
    cache.keep([b"1", b"2", b"3", b"4"], [part(300)] * 4)
    assert len(cache.find([b"1", b"2", b"3", b"4"])) == 3


def test_a_piece_larger_than_the_cache_is_not_kept():
    cache = PrefixCache(100)
    cache.keep([b"1"], [part(300)])
    assert (len(cache), cache.held) == (0, 0)


def test_a_piece_is_known_by_everything_in_front_of_it():
    one, other = digests("head", [[1, 2], [3]]), digests("head", [[1], [2, 3]])
    assert one[1] != other[1]
    assert digests("head", [[1]]) != digests("other head", [[1]])
    assert digests("head", [[1, 2], [3], [4]])[:2] == one


def test_too_long_a_prompt_loses_whole_rounds_and_then_the_start_of_its_words():
    assert within([[1] * 5, [2] * 5, [3] * 4], 10) == [[2] * 5, [3] * 4]
    assert within([[1] * 5, [2, 3, 4, 5]], 3) == [[3, 4, 5]]
    assert within([[1], [2, 3]], -7) == [[3]]


def test_a_thread_takes_its_earlier_rounds_from_the_cache():
    decoder = toy()
    kept = []
    for n in range(13):
        saying, _ = decoder.say(talk(n))
        rounds = list(map(decoder.encode, pieces_of(history_lines(talk(n)))))
        kept.append(saying.n_kept)
        known = 0 if n < 2 or first_read(n) != first_read(n - 1) else sum(map(len, rounds[:-1]))
        assert saying.n_kept == known
    assert sum(map(bool, kept)) == 9


@pytest.mark.parametrize("kept_bytes", [2**20, 2**14])
def test_kept_and_read_again_give_the_same_bits(kept_bytes):
    decoder, plain = toy(kept_bytes), toy(0)
    for n in (*range(13), 5, 9, 12):
        (said, seen), (once, wanted) = decoder.say(talk(n)), plain.say(talk(n))
        assert (said.tokens, once.n_kept) == (once.tokens, 0)
        assert same_bits(seen, wanted)
        assert decoder.kept.held <= kept_bytes
    assert len(plain.kept) == 0


def test_a_round_that_is_given_up_while_it_reads_leaves_nothing_wrong():
    decoder, cancelled = toy(), threading.Event()
    text = history_lines(talk(6)) + "u: x\n>"
    saying = decoder.start(prefix(), text, " x\\n")
    cancelled.set()
    with pytest.raises(Cancelled):
        decoder.advance(saying, cancelled)
    assert same_bits(decoder.say(talk(6))[1], toy(0).say(talk(6))[1])


@pytest.mark.parametrize("precision", ["auto", pytest.param("int8", marks=pytest.mark.slow)])
def test_kept_and_read_again_give_the_same_bits_on_the_trained_planner(precision):
    decoder, plain = real(precision), real(precision, kept_bytes=0)
    for n in (7, 8, 9, 8):
        (said, seen), (once, wanted) = decoder.say(talk(n)), plain.say(talk(n))
        assert said.tokens == once.tokens
        assert same_bits(seen, wanted)
    assert said.n_kept > 60
    (_, seen), (_, wanted) = (d.say(talk(8), (png(),)) for d in (decoder, plain))
    assert same_bits(seen, wanted)


@pytest.mark.parametrize(
    ("made", "n_bytes"), [(toy, 2**15), pytest.param(real, 8 * 2**20, marks=pytest.mark.slow)]
)
def test_10_threads_decide_as_one_by_one(made, n_bytes):
    decoder, plain = made(kept_bytes=n_bytes), made(kept_bytes=0)
    rounds = [talk(4 + n % 4, TALK[n % len(TALK)][0], first=n // 2) for n in range(10)]
    alone = [plain.say(round_) for round_ in rounds]
    found: dict[int, tuple] = {}

    def work(n: int) -> None:
        found[n] = decoder.say(rounds[n])

    threads = [threading.Thread(target=work, args=(n,)) for n in range(10)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    for n, (saying, wanted) in enumerate(alone):
        assert found[n][0].tokens == saying.tokens
        assert same_bits(found[n][1], wanted)
    assert 0 < decoder.kept.held <= n_bytes
