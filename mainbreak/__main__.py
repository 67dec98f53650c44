"""`python -m mainbreak` is the command line."""

from mainbreak.cli import main

main()
