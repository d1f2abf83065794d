"""One built set for all tests that only read it."""

import pytest
from training.fashionrec_sets import RECIPE, pieces, shop

from fashionm3.training.fashionrec.build import build


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shop")
    opened = shop(folder, pieces())
    out = tmp_path_factory.mktemp("set") / "fashionrec"
    return opened, out, build(opened, out, RECIPE)
