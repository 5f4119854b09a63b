"""What somebody new is shown once: what stays here, the key, the permissions, the models. The door: `window.FirstRun`."""
