"""The process that holds the models: the tray program starts it, speaks to it over pipes, and outlives it.

    the tray                                the engine process
    remote.py, remote_vision.py  (ports)    engines.py   what is open
    host.py      one process, when          child.py     calls, each in a thread
    process.py   its pipes and its end      __main__.py
              wire.py, values.py, pictures.py: what goes between

`ladder.py` knows which device comes next, `probing.py` tries one out, `known.py` remembers what came of it, `compiled.py` keeps
what drivers compiled. Nothing heavy is imported before an engine is opened.
"""
