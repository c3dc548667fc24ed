"""`python -m planwerk`: the same as the console script."""

from planwerk.cli import main

if __name__ == "__main__":
    main()
