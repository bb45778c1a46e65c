"""A system of two small services on the real backbone, run as real processes for the fault tests and the soak.

`maker` takes commands over HTTP and announces each; `taker` keeps one row for each event it applies, so that what
is lost, doubled or unexpected can be counted from outside. Neither knows anything of faults.
"""
