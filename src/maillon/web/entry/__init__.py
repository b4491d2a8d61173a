"""How people come in: the State's identity provider, second factors and passkeys."""
