"""Training windows recorded from real programs, whose words are replaced by ours; the truth is their accessibility tree."""
