"""What cannot be added, in words for whoever asked."""


class DeclinedError(ValueError):
    """What was asked for cannot be added; whoever asked can ask for something else."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message}\n    {hint}" if hint else message)
