"""The headless core of Nunchi: one question about one frame, answered with evidence.

It knows neither Qt nor tensors nor the network: standard library, numpy and Pillow only.
"""
