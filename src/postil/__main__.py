"""`python -m postil` is the command `postil`."""

from postil.cli.main import main

main()
