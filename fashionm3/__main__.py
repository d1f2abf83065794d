"""``python -m fashionm3``: the same as the command ``fashionm3``."""

from fashionm3.cli.main import app

if __name__ == "__main__":
    app()
