"""How `screen-text-ko` is made: text, rendered lines, network, training loop and export."""
