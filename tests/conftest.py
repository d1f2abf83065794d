"""What every test stands on: no network, strict msgpack, one thread for small tensors."""

import os
import socket

import pytest

os.environ["LANGGRAPH_STRICT_MSGPACK"] = "true"
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    real = socket.socket.connect

    def connect(self, address):
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise OSError(f"tests use no network: {address[0]}")
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
