"""`python -m models.train distill`: a smaller model learns to answer as a larger one of the same tokenizer does."""
