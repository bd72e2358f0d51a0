"""The languages of the site's own pages: the addresses under which they speak them, and the way to another."""
