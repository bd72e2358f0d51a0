"""What is arranged beforehand: who is on call, who hears of what, reasons, where replies are closed."""
