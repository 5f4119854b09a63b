"""Programs that draw random windows with one toolkit and write down what each widget is and in which state.

Each runs as a script of its own (GTK and Qt 5 need the system's Python, which has their bindings), so they import
nothing of this package but `content`.
"""
