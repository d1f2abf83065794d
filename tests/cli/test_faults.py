"""Faults of a user are one line."""

import pytest

from fashionm3.cli.faults import extra
from fashionm3.errors import UsageError


def test_a_missing_extra_says_how_to_install_it():
    message = r"needs not_there: pip install 'fashionm3\[train\]'"
    with pytest.raises(UsageError, match=message), extra("train"):
        import not_there  # noqa: F401


def test_a_module_of_this_package_that_is_missing_is_no_users_fault():
    with pytest.raises(ModuleNotFoundError), extra("train"):
        import fashionm3.not_there  # noqa: F401
