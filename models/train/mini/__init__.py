"""How nunchi-mini is made: its tokenizer, the screens and questions it learns from, and the training loop."""
