"""What Kairo has of PostgreSQL beyond Django: roles, row security, and the connection that keeps to them."""
