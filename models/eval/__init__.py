"""How good an engine is: questions about real screens, scored by kind beside baselines."""
