"""The controls of the windows with a frame: settings, first run, history, about. Each painted in our two palettes.

They are Qt's own buttons, boxes and lines underneath, so keyboards and screen readers find what they know.
"""
