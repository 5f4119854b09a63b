"""What stands behind the ports: catalogue, engines, bundled models, their training, evaluation."""
