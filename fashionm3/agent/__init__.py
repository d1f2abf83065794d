"""The planner: ChatVLM, constrained decoding, the prompt's form, and the code parts around it."""
