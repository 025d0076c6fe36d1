"""Public pages, by theme. Each function is one screen: fetch, then give the page; ``http.public`` does the rest."""
