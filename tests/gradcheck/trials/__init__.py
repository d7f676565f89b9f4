"""Gradients to judge: families of functions, their right and wrong gradients, and functions without manners."""
