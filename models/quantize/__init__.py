"""Smaller numbers for an exported model: which recipe gives which graph which numbers (extra convert)."""
