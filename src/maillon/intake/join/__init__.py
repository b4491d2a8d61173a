"""The sources of one firm put together: what one paper proves helps the lines of another."""
