"""The words that several programs must say alike, one file a family: a word is changed here, and nowhere else.

Pure, so that every domain may import them. A word that one program alone says stays in that program.
"""
