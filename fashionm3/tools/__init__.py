"""What the planner can call: search, outfit, swap; and the runner that wraps every tool alike."""
