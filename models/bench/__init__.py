"""How good and how fast the bundled models are on real screens, beside what people use otherwise."""
