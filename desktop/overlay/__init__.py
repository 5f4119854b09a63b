"""What appears near the pointer: the answer's card, the box to type in, the picture of what was seen."""
