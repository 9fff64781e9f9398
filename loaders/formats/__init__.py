"""One module a format, which gives a Written (written.py).

What a file is, is for loaders/kinds.py to say, which module reads it for loaders/read.py, which files of a folder are loaded
for SUFFIXES in kg/library.py; the page lets one choose the same (TAKEN in web/upload.js, a test compares them).
"""
