"""The state machine of a conversation: listen, plan, act, observe, answer."""
