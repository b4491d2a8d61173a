"""An invented company register: files in the exact form of INSEE's, and the truth behind them."""

from maillon.demo.register.mix import Mix
from maillon.demo.register.snapshot import build_demo_register
from maillon.demo.register.write import RegisterFiles, write_register_files

__all__ = ["Mix", "RegisterFiles", "build_demo_register", "write_register_files"]
