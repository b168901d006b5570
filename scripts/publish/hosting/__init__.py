"""What the site asks of whoever serves it: a policy in each page, and headers from one table."""
