"""The words of the trade: parts, places, money, evidence, estimates, reasons. No input, no output."""
