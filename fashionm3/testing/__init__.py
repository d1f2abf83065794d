"""Fakes and contract tests that ship, for users and for this project's own tests."""

from fashionm3.testing.scripted import ScriptedPlanner, scripted_planner

__all__ = ["ScriptedPlanner", "scripted_planner"]
