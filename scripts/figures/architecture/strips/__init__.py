"""Mechanisms of the network, each in a strip of pictures."""
