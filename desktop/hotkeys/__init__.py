"""Global hot keys: a key chord pressed anywhere starts, holds or stops a question.

`backend.open_backend` gives the first back end that works on this machine; `chord.Chord` is what is bound.
"""
