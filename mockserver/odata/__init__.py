"""The languages of a request: path, filter, query options; text -> frozen tree -> meaning.

path       path.py -> locate.py what it means in a tenant; place.py which operation it is
options    query.py: selection.py, skiptoken.py, search.py, and filter.py: syntax.py -> tree.py -> meaning.py with
           functions.py, comparing.py, arithmetic.py, enums.py, terms.py
all of it  evaluate.py: entities -> one page; advanced.py what the directory asks for before that
shared     scanning.py, literals.py, values.py; texts.py has every sentence of what cannot be understood
"""
