"""`make bench`: what pages, verbs and texts cost, as ratios to something bare in the same run, with queries and bytes.

A ratio holds on any machine; milliseconds are printed beside it and are this machine's. Costs are CPU seconds of whole
processes (user and system), so that waiting for a busy machine does not count.
"""
