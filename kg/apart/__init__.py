"""Files are read apart: in child processes with limits, so that what a file does to its reader happens to nobody else.

readers.py is the parent's side, child.py the child's, wire.py what they say to each other.
"""
