"""What goes wrong with a settings file, in one sentence for a person."""


class SettingsError(Exception):
    """The text is one sentence: the file, the line, what is wrong and what to do."""
