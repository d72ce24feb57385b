"""`python -m flows` is `doorstep`."""

from flows.cli import main

main()
