"""Who somebody is: what tells strangers who wrote, and names that only staff can have."""
