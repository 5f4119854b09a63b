"""The `nunchi` command: one module per verb, loaded only when that verb is used."""
