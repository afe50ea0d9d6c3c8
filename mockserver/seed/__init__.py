"""Where tenants come from: the blank one, a fixture document, a ready-made or an invented one."""
