"""The static checks: one module a rule, each with a name, a reason and a ``check`` function."""
