"""The steps of the method, in order. Each is pure (inputs → result + reasons) and none calls another."""
