"""The English→Korean glossary of interface words: chosen from translated programs, counted, and written by hand."""
