"""Marks those of LangChain's standard tests as slow that say the same as a quicker one."""

import pytest

SLOW = (
    "test_json_mode",
    "test_structured_few_shot_examples",
    "test_structured_output[typeddict]",
    "test_structured_output[json_schema]",
    "test_structured_output_async",
    "test_structured_output_optional_param",
    "test_structured_output_pydantic_2_v1",
    "test_tool_calling_async",
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.name == "test_standard.py" and item.name.startswith(SLOW):
            item.add_marker(pytest.mark.slow)
