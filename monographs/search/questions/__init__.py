"""Questions: what can be asked, and what leaflets say to it in their own words."""
