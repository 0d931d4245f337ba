"""`python -m ui`: the command line without installing it."""

from ui.cli import main

main(prog_name="assistant")
