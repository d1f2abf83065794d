"""Dialogues for the planner, composed from written phrasings; deterministic by seed."""
