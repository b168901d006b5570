"""Everything the site is built, checked and measured with: ``python -m scripts --help``."""
