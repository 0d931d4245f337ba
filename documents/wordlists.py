"""How word lists are written in this package: one string, words apart by white space."""


def words(text: str) -> tuple[str, ...]:
    """Return the words of `text`; `_` stands for a space inside one."""
    return tuple(word.replace("_", " ") for word in text.split())
