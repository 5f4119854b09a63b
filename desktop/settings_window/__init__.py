"""The settings: one window, a page for each section, every change counting at once. The door: `window.SettingsWindow`."""
