"""From the HTML of a page to blocks, of which every file is made."""
