"""The history: a list with small pictures and a search, the chosen answer beside it. The door: `window.HistoryWindow`."""
