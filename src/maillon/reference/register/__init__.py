"""The company register: SIRENE and what other sources say of each establishment."""
