"""One module a format: importing it does once what all jobs of that format need."""
