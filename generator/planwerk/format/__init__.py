"""One way to write a plan: files in canonical form, and what is safe to mend in them."""
