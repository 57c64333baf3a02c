"""Why an input can't be read, told for the one who gave it."""

from sitegen.problems import Problem, Spot, problem


class UnreadableError(ValueError):
    """Raised while one input is read; `problem` makes the value that travels on."""

    def __init__(self, message: str, hint: str, spot: Spot = Spot()) -> None:  # noqa: B008  # frozen
        super().__init__(message)
        self.message, self.hint, self.spot = message, hint, spot

    def problem(self, name: str) -> Problem:
        """*name* is the input as it was given."""
        return problem(name, self.spot, self.message, self.hint)
