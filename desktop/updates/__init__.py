"""New versions: whether there is one, and bringing its installer to the person's own folder. Never installed from here.

Nothing of this runs, and nothing connects, unless the person turned it on in the settings (docs/decisions/0013).
"""
