"""What ``python -m data`` can do, by subject. A command is a function of the database, the settings and its words; it
returns the exit code where that is not 0 and raises a named error with the sentence for whoever typed it."""


def say(text: str) -> None:
    """A line for whoever typed the command, at once."""
    print(text, flush=True)  # noqa: T201 - the one place where a command speaks
