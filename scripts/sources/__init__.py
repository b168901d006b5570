"""What the site is made from: records, references, pages."""
