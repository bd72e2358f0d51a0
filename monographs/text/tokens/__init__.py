"""What a text is looked for by: its words, amounts and stems. Index and query ask here, on every database alike."""
