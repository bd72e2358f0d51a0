"""What programs read: search engines, feed readers, whoever makes a preview of a link."""
