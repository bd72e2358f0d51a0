"""Release: publishing, scheduling, withdrawing, and the timeline."""
