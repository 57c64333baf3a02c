"""The error for inputs that cannot be read."""

from sitegen.problems import Problem, Spot, problem


class UnreadableError(ValueError):
    """Raised while reading one input, and turned into a problem by `problem`."""

    def __init__(self, message: str, hint: str, spot: Spot = Spot()) -> None:  # noqa: B008  # frozen
        super().__init__(message)
        self.message, self.hint, self.spot = message, hint, spot

    def problem(self, name: str) -> Problem:
        """*name* is the input as given."""
        return problem(name, self.spot, self.message, self.hint)
