"""What the person sees and touches: the tray program and the `nunchi` command."""
