"""Leaflets found by names: what is asked for, what it means, what begins so, the A–Z."""
