"""Does a reply look like advertising, or like what was sent or thrown away before?"""
