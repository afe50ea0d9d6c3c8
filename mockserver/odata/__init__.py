"""The languages of a request: path, filter, query options; text -> frozen tree -> meaning."""
