"""The layers of the wall that a child puts on itself, each a module with one function.

Knows the kernel. Does not know what is behind it. A layer that fails raises: nobody goes on with fewer layers than the
level names.
"""
