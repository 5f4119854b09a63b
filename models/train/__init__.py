"""How the bundled models are made: data, training and shipping, each rerunnable by anybody."""
