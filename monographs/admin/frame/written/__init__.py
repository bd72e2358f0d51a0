"""What Django would render anew for every field, row and page: written in Python, or made once for many."""
