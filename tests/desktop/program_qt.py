"""A Korean settings window in Qt, for the accessibility reader. Run as a program: page number, x, y, rows."""

import sys

from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

PAGE, X, Y, ROWS = (int(word) for word in sys.argv[1:])
app = QApplication(sys.argv[:1])
window = QMainWindow()
window.setWindowTitle("환경 설정 - 시험")

general = QWidget()
column = QVBoxLayout(general)
on, off = QCheckBox("알림 받기"), QCheckBox("자동 저장")
on.setChecked(True)
light, exact = QRadioButton("가볍게"), QRadioButton("정확하게")
exact.setChecked(True)
name, secret = QLineEdit("홍길동"), QLineEdit("비밀1234")
secret.setEchoMode(QLineEdit.EchoMode.Password)
save, delete = QPushButton("저장"), QPushButton("삭제")
delete.setEnabled(False)
city = QComboBox()
city.addItems(["서울", "부산"])
city.setCurrentIndex(1)
hidden = QLabel("보이지 않는 말")
for one in (on, off, light, exact, name, secret, save, delete, city, QLabel("마지막 저장: 3월 2일"), hidden):
    column.addWidget(one)
hidden.hide()

table = QTableWidget(2, 3)
table.setHorizontalHeaderLabels(["월", "금액", "비고"])
for row, cells in enumerate([["1월", "12,000원", "없음"], ["3월", "45,500원", "외상"]]):
    for at, words in enumerate(cells):
        table.setItem(row, at, QTableWidgetItem(words))

minutes = QTextEdit()
minutes.setPlainText("안건 1. 예산\n\n안건 2. 일정\n기타")
writing = QWidget()
QVBoxLayout(writing).addWidget(minutes)
writing.layout().addWidget(QPlainTextEdit("메모 하나\n메모 둘"))
many = QListWidget()
many.addItems([f"거래처 {number}" for number in range(ROWS)])
many.scrollToItem(many.item(ROWS // 2), QListWidget.ScrollHint.PositionAtTop)

tabs = QTabWidget()
for page, title in ((table, "매출"), (general, "일반"), (writing, "회의록"), (many, "거래처")):
    tabs.addTab(page, title)
tabs.setCurrentIndex(PAGE)
window.setCentralWidget(tabs)
window.menuBar().addMenu("파일").addAction("열기")
window.statusBar().showMessage("준비됨")
window.setGeometry(X, Y, 500, 480)
window.show()
if PAGE == 3:
    many.scrollToItem(many.item(ROWS // 2), QListWidget.ScrollHint.PositionAtTop)
app.exec()
