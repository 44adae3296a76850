"""Named errors. Each carries the Indonesian sentence that the border shows to a person."""


class EmonevError(Exception):
    """Base of every error a person may meet; ``str()`` of it is a sentence in Indonesian."""


class SettingsError(EmonevError):
    """A setting is wrong or missing; the start is stopped."""


class DatabaseAwayError(EmonevError):
    """The database does not answer."""


class SchemaError(EmonevError):
    """The database is not at the schema this code knows."""


class BadParameterError(EmonevError):
    """A page address or a command was given something that does not exist."""


class NothingYetError(EmonevError):
    """All is well, only nothing has been reported yet."""


class NotFoundError(EmonevError):
    """The thing asked for is not known."""


class PeriodOpenError(EmonevError):
    """The period is still open and what was asked for is not public before it is locked."""


class NotSignedInError(EmonevError):
    """The answer is not public and nobody is signed in."""


class NotAllowedError(EmonevError):
    """Somebody is signed in who may not see this."""


class LoadError(EmonevError):
    """A file cannot be stored; the message says what to do."""


class TahanError(EmonevError):
    """Too many attempts: ``detik`` seconds must pass before the next one is looked at."""

    def __init__(self, detik: float) -> None:
        self.detik = max(1, round(detik))
        minutes = -(-self.detik // 60)
        wait = f"{self.detik} detik" if self.detik < 90 else f"{minutes} menit"
        super().__init__(f"Terlalu banyak percobaan. Tunggu {wait}, lalu coba lagi.")


class BusyError(EmonevError):
    """Too much of this is under way: ``detik`` seconds later it may be tried again. ``sendiri``: the same asker has
    the place."""

    def __init__(self, sentence: str, detik: int, *, sendiri: bool = False) -> None:
        self.detik, self.sendiri = detik, sendiri
        super().__init__(sentence)


class DeadlineError(EmonevError):
    """The calendar does not allow this now: not opened yet, or locked."""


class ConflictError(EmonevError):
    """Somebody else changed the same thing meanwhile; what they made must be looked at first."""
