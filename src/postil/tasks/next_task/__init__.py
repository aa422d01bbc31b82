"""Which task a person gets next, and the reservation that keeps others from it.

The rules are tried in this order; the first that finds a task with a free place wins:
lock held -> ground truth first -> breadth first -> for several people first -> sampling of the project
-> postponed drafts -> own skipped tasks.
"""
