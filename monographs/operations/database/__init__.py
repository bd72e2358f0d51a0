"""What a database of this site needs beside its tables, and what is worked out anew after migrations."""
