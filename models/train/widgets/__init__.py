"""How `screen-widgets` is made: real widgets of four toolkits drawn at random, their truth, the network, its training."""
