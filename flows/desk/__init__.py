"""The officers' desk: server-rendered pages behind one login; reads the snapshot, writes the ledger.

How a page is added: one file in pages/ and one template in templates/, nothing else.

1. `pages/NAME.py` declares `PAGES`, a tuple of `Page(path, handler, needs=Need.X, ...)`. Pages are
   found by listing the folder; `title` and `menu` (its place) put one into the menu.
2. A handler is a plain function `def handler(visit: Visit) -> Response`, run in a thread. `Visit`
   has what it needs: `asked(name)` (query), `said(name)` (form), `path(name)`, `snapshot.rows(sql,
   *values)`, `home`, `ledger`, `who`, `may(Need.X)`, and answers with `show("name.html.j2", **values)`
   or `go("/place")`. A page of a person or household calls `visit.note(what, subject)` first; so does
   an export.
3. `needs` names what the role must be allowed (see permissions.py); a Page cannot be made without
   it. POSTs are checked for origin and token before the handler runs: put
   `{{ token() }}` inside every form.
4. `templates/NAME.html.j2` extends `base.html.j2`. Every Chinese text of ours stands in `_("...")`
   and gets its English in locale/en/LC_MESSAGES, in desk.po or a .po file of the page's own
   (a test names what is missing).
   No inline script or style: the policy of the page forbids it; see static/desk.css and desk.js.
5. tests/desk lists all pages against all roles by itself; the browser test visits every page in the menu.
"""
