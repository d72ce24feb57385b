"""What the visits came to, whom they miss, and whether every group is found and visited alike.

`telling.yields` counts, flows/publish/yield_page.py prints. A count of 1 to 7 never leaves this
room by itself: see `hiding`.
"""
