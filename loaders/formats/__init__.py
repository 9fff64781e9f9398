"""One module a format, which gives a Written (written.py).

Which of them reads a file is for loaders/read.py to say, which files of a folder are loaded for SUFFIXES in kg/library.py, and
what the page lets one choose for TAKEN in web/upload.js.
"""
