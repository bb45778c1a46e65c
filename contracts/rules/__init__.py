"""Rules of the trade that several programs share, one file each: pure, on the standard library and one kept library.

They are what a domain may import from contracts/, beside the standard library.
"""
