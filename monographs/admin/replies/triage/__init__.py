"""The moderators' own words, and how right rules are."""
