"""What can go wrong, and the exit status that the command line gives it."""


class BoltzwallError(Exception):
    """Base of every error that this package raises on purpose."""

    exit_status = 1


class InputError(BoltzwallError):
    """The user's input cannot be used; the message names what, why and the cure."""

    exit_status = 2


class NumericsError(BoltzwallError):
    """The computation failed (not finite, not converged); the message says what to try."""

    exit_status = 3
