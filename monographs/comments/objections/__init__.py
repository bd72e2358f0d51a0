"""Who objects: a reader reports a reply, or its writer asks for another look."""
