"""The engines, one module each; nothing heavy is imported before an engine is opened."""
