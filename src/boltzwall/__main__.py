"""``python -m boltzwall`` is the command ``boltzwall``."""

from boltzwall.cli import main

if __name__ == "__main__":
    main()
