"""PostgreSQL features that Django lacks: roles, row-level security, tenant scopes, query plans and retries."""
