"""Says a decision token by token: greedy, held to a grammar, over a key-value cache.

A prompt is read in fixed pieces: its constant head, each earlier round, and the rest in one. Heads
and rounds that were read before are kept, and because the last digits of a sum depend on what is
read together, and the pieces are always the same, a decision never depends on what is kept.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence
from inspect import signature
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from fashionm3.agent.eye import pixels_of
from fashionm3.agent.form import IMAGE, IMAGE_TOKEN, N_TOKENS, SAY
from fashionm3.agent.grammar import Grammars
from fashionm3.agent.prefix_cache import (
    KEPT_BYTES,
    KeyValues,
    PrefixCache,
    digests,
    joined,
    pieces_of,
)
from fashionm3.agent.saying import MAX_TOKENS, Saying, Signs, within
from fashionm3.artifacts import decode
from fashionm3.errors import Cancelled
from fashionm3.torchvision_ops import declare_missing_ops

declare_missing_ops()
from transformers import DynamicCache, PreTrainedModel, PreTrainedTokenizerFast  # noqa: E402
from transformers.modeling_outputs import BaseModelOutputWithPooling  # noqa: E402

Head = KeyValues
"""Keys and values of a head, the token of the beginning included."""

_N_HEADS = 4
_N_SEEN = 256


class Decoder:
    """A causal language model with its tokenizer.

    Decisions are served one after the other: hold `queue` for a whole decision, or for single
    steps where decisions may take turns.

    Args:
        model: A causal language model of transformers, in evaluation mode.
        tokenizer: Its fast tokenizer.
        heads: Heads that were read before, by text.
        kept_bytes: The most that earlier rounds may take, all threads together; heads (four at
            most) come on top. 0 reads everything again for each decision.
    """

    def __init__(
        self,
        model: PreTrainedModel,
        tokenizer: PreTrainedTokenizerFast,
        heads: dict[str, Head] | None = None,
        kept_bytes: int = KEPT_BYTES,
    ) -> None:
        self._model, self._tokenizer = model, tokenizer
        self._cache_name = cache_name(model)
        self._signs = Signs(self._one_token("\n"), self._one_token('"'), self.decode)
        self._grammars = Grammars(tokenizer, self._signs.line_end)
        self.kept = PrefixCache(kept_bytes)
        self._heads: OrderedDict[str, Head] = OrderedDict(heads or {})
        text: Any = getattr(model.config, "text_config", model.config)
        self._room = int(text.max_position_embeddings) - MAX_TOKENS
        self._seen: OrderedDict[str, torch.Tensor] = OrderedDict()
        self.queue = threading.RLock()

    def _one_token(self, text: str) -> int:
        (token,) = self._ids(text)
        return token

    def start(self, head: str, text: str, pattern: str, pictures: Sequence[bytes] = ()) -> Saying:
        """Begins a decision.

        Args:
            head: The constant part of the prompt, without the token of the beginning.
            text: The rest of the prompt; where it is too long for the model its first rounds are
                left out.
            pattern: Regular expression that the decision must match.
            pictures: One for each `IMAGE` in the text: bytes of a JPEG, PNG or WebP.

        Raises:
            EngineError: The pattern can't be compiled.
            InputError: A picture can't be read.
        """
        matcher = self._grammars.matcher(pattern)
        cache = self._head(head)
        n_head = cache.get_seq_length()
        pieces = within(list(map(self.encode, pieces_of(text))), self._room - n_head)
        n_prompt = n_head + sum(map(len, pieces))
        *rounds, unread = pieces
        chain = digests(head, rounds)
        saying = Saying(matcher, cache, unread, n_prompt, rounds, chain)
        n_pictures = unread.count(IMAGE_TOKEN) // N_TOKENS
        if n_pictures:
            saying.pictures = torch.stack([self.look(data) for data in pictures][-n_pictures:])
        return saying

    @torch.inference_mode()
    def look(self, data: bytes) -> torch.Tensor:
        """Returns what a picture becomes in the model, ``(4, width)``; known ones are remembered.

        Raises:
            InputError: The bytes are no picture.
        """
        key = hashlib.sha256(data).hexdigest()
        with self.queue:
            found = self._seen.get(key)
            if found is None:
                pixels = pixels_of(decode(data, "picture")).to(self._model.dtype)
                model: Any = self._model
                looked = model.get_image_features(pixel_values=pixels[None])
                found = self._seen[key] = looked.pooler_output[0]
                if len(self._seen) > _N_SEEN:
                    self._seen.popitem(last=False)
            self._seen.move_to_end(key)
        return found

    def encode(self, text: str) -> list[int]:
        """Returns the tokens of lines, cut where the training data are cut."""
        tokens: list[int] = []
        for line in text.splitlines(keepends=True):
            said = line.startswith(SAY)
            for part in (SAY, line[len(SAY) :]) if said else (line,):
                tokens += self._pieces(part)
        return tokens

    def _pieces(self, text: str) -> list[int]:
        """Returns the tokens of a text, image tokens where a picture stands."""
        tokens: list[int] = []
        for n, piece in enumerate(text.split(IMAGE)):
            # The letters around a picture are cut apart, as in the training data.
            tokens += [IMAGE_TOKEN] * N_TOKENS if n else []
            tokens += self._ids(piece) if piece else []
        return tokens

    def _ids(self, text: str) -> list[int]:
        # A shopper's words must not become the tokens that end or begin a text.
        ids: list[int] = self._tokenizer.encode(
            text, add_special_tokens=False, split_special_tokens=True
        )
        return ids

    def decode(self, tokens: list[int]) -> str:
        """Returns the text of tokens."""
        return str(self._tokenizer.decode(tokens, clean_up_tokenization_spaces=False))

    def _head(self, head: str) -> DynamicCache:
        """Returns a cache of its own that has read a head."""
        with self.queue:
            read = self._heads.get(head)
            if read is None:
                read = read_head(self._model, self._tokenizer, head)
                self._heads[head] = read
                if len(self._heads) > _N_HEADS:
                    self._heads.popitem(last=False)
            self._heads.move_to_end(head)
        own = DynamicCache()
        _append(own, read)
        return own

    def advance(self, saying: Saying, cancelled: threading.Event | None = None) -> list[int]:
        """Says the next token, and those that can only follow it.

        Returns:
            The new tokens.

        Raises:
            Cancelled: The round was given up.
        """
        with self.queue:
            self._catch_up(saying, cancelled)
            _check(cancelled)
            logits = self._logits(saying)
        return saying.go_on(logits, self._signs)

    @torch.inference_mode()
    def _catch_up(self, saying: Saying, cancelled: threading.Event | None) -> None:
        """Reads the earlier rounds piece by piece, or takes them from what is kept."""
        if not saying.rounds:
            return
        read = self.kept.find(saying.chain)
        if read:
            _append(saying.cache, joined(read))
            saying.n_kept = sum(map(len, saying.rounds[: len(read)]))
        for tokens in saying.rounds[len(read) :]:
            _check(cancelled)
            given: dict[str, Any] = {self._cache_name: saying.cache}
            self._model.model(input_ids=torch.tensor([tokens]), use_cache=True, **given)
            layers: list[Any] = saying.cache.layers
            n = len(tokens)
            new = [(x.keys[:, :, -n:].clone(), x.values[:, :, -n:].clone()) for x in layers]
            read.append(new)
        self.kept.keep(saying.chain, read)
        saying.rounds = []

    @torch.inference_mode()
    def _logits(self, saying: Saying) -> NDArray[np.float32]:
        ids = torch.tensor([saying.unread])
        given: dict[str, Any] = {self._cache_name: saying.cache}
        if saying.pictures is not None:
            seen = BaseModelOutputWithPooling(pooler_output=saying.pictures)
            given["mm_encoder_outputs"] = {"image": seen}
            saying.pictures = None
        read = self._model.model(input_ids=ids, use_cache=True, **given)
        logits = self._model.lm_head(read.last_hidden_state[0, -1:])
        scores: NDArray[np.float32] = logits[0].float().numpy()
        return scores


@torch.inference_mode()
def read_head(model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast, head: str) -> Head:
    """Returns keys and values of the token of the beginning and a head."""
    ids = [tokenizer.bos_token_id, *tokenizer.encode(head, add_special_tokens=False)]
    cache = DynamicCache()
    model.model(input_ids=torch.tensor([ids]), use_cache=True, **{cache_name(model): cache})
    layers: list[Any] = cache.layers
    return [(layer.keys, layer.values) for layer in layers]


def cache_name(model: PreTrainedModel) -> str:
    """Returns how this version of transformers calls the key-value cache of a model's body."""
    body: Any = model.model
    names = signature(getattr(body, "forward", body)).parameters
    return "cache" if "cache" in names else "past_key_values"


def _append(cache: DynamicCache, read: KeyValues) -> None:
    for n, (keys, values) in enumerate(read):
        cache.update(keys, values, n)


def _check(cancelled: threading.Event | None) -> None:
    if cancelled is not None and cancelled.is_set():
        raise Cancelled("the round was given up: a newer message came")
