"""What the staff's forms are made of: fields that say how they were understood, forms that notice what went stale."""
