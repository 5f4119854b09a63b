"""How fast the tray program shows, what it costs while idle, and whether it grows: for developers, on a headless desk."""
