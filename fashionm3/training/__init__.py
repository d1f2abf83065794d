"""Fine-tuning of this project's own weights, and the dialogue data they learn from."""
