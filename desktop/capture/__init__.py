"""Freezing what is on the screen: `screen.open_screen` gives the `Screen` of this session."""
