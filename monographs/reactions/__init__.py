"""Suspected adverse reactions: from a reader's reply, or typed by staff, to a report that an authority can take."""
