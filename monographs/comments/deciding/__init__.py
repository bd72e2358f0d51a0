"""What moderators decide on replies, and what they do before: claims, escalation, reasons, words taken out."""
