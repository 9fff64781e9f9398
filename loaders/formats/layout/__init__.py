"""From the characters and rules of fixed pages (PDF, OFD) to paragraphs and tables.

Places are in points from the upper left corner of the page as it is read. pages.page_of lays out one page, pages.write_pages
writes all of them down.
"""
