"""What is shown to readers of the medicines that were found."""
