"""Large plans by parts: a short linear relaxation, then small exact models around the best plan so far.

Everything here runs in a child process of its own (``decomposed.plan_child``).
"""
