"""Reading NEODeS, the text format of the DSN, level by level: syntax, structure, lexical, coherence."""
