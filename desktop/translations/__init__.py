"""What the windows say, as Qt translation files (see words.py), and how they are compiled."""
