"""The Qt that this Python has: PySide6, or else PyQt5, under the same names."""

from __future__ import annotations

try:
    from PySide6 import QtCore, QtGui, QtWidgets

    GENERATION = "qt6"
except ImportError:
    from PyQt5 import QtCore, QtGui, QtWidgets

    GENERATION = "qt5"
Qt = QtCore.Qt

__all__ = ["GENERATION", "Qt", "QtCore", "QtGui", "QtWidgets"]
