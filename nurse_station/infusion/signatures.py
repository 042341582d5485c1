"""A name and a reason that stand beneath a decision, on screen and paper. Refuses what is neither."""

LETTERS_OF_A_NAME = 3
"""A name has as many letters or more, and no digit: a slip of the hand is no name. A default."""
WORDS_OF_A_REASON = 2
LETTERS_OF_A_REASON = 8
"""A reason has so many words, or one word of so many letters: `aa` explains nothing later. A default."""


def wrong_name(text: str) -> str:
    """Why this names nobody; empty: it may be a name."""
    said = " ".join(text.split())
    if any(sign.isdigit() for sign in said):
        return f"{said} is no name: it has digits. Numbers go into the fields above."
    if _letters(said) < LETTERS_OF_A_NAME:
        return f"{said or 'Nothing'} is no name: write {LETTERS_OF_A_NAME} letters or more."
    return ""


def wrong_reason(text: str) -> str:
    """Why this gives no reason; empty: it may be one."""
    words = [word for word in text.split() if _letters(word)]
    enough = len(words) >= WORDS_OF_A_REASON and _letters(text) > WORDS_OF_A_REASON
    if enough or _letters(text) >= LETTERS_OF_A_REASON:
        return ""
    return f"Write the reason in {WORDS_OF_A_REASON} words, or one of {LETTERS_OF_A_REASON} letters."


def _letters(text: str) -> int:
    return sum(sign.isalpha() for sign in text)
