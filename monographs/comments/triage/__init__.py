"""What the words of a reply ask for, by rules: which labels, how soon somebody must look."""
