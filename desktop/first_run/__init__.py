"""What somebody new is shown once: what stays here, the key and the permissions, the models. The door: `window.FirstRun`."""
