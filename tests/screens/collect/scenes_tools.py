"""Captures of editors, file managers, terminals, calculators, viewers and settings."""

from __future__ import annotations

import time
from collections.abc import Callable

from .desk import Desk, Look, forget

Scene = tuple[Look, Callable[[Desk], None]]
FHD, HD, WX, HP = (1920, 1080), (1366, 768), (1280, 800), (1600, 900)
GREEN, GREY, PLUM = ("#4f8a5b", "#1d3b2a"), ("#5c6370", "#23262d"), ("#6d4c7d", "#2a1a38")


def mousepad(d: Desk) -> None:
    d.start("mousepad 문서/주간회의록.txt", "회의록", place=(180, 90, 820, 640))
    d.keys("alt+f")
    d.shot("mousepad-menu", "mousepad", "주간회의록 메모장, 파일 메뉴 열림")
    d.keys("Escape", "ctrl+End")
    d.type("확인함")
    d.keys("ctrl+q", wait=1.5)
    d.shot("mousepad-save", "mousepad", "저장하지 않은 문서 닫기 확인")


def gedit(d: Desk) -> None:
    d.start("gedit 문서/장보기.txt 문서/주간회의록.txt", "gedit|장보기|회의록", place=(300, 80, 1100, 860))
    d.keys("F10", wait=1)
    d.shot("gedit-menu", "gedit", "텍스트 편집기, 두 탭과 주 메뉴")
    d.press("기본 설정.*", wait=2)
    d.shot("gedit-prefs", "gedit", "텍스트 편집기 기본 설정")


def pluma(d: Desk) -> None:
    d.start("pluma 프로젝트/택배요금.py", "택배요금", place=(60, 60, 1000, 760))
    d.keys("ctrl+h", wait=1.5)
    d.shot("pluma-replace", "pluma", "찾아 바꾸기 대화상자")


def kate(d: Desk) -> None:
    forget(".local/share/kate", ".config/katerc")
    d.start("kate 프로젝트/README.md 프로젝트/택배요금.py", "Kate", wait=4, place="max")
    d.shot("kate-code", "kate", "파이썬 파일을 연 Kate")


def geany(d: Desk) -> None:
    d.start("geany 프로젝트/수도요금.py", "Geany", wait=3, place="max")
    d.shot("geany-code", "geany", "Geany 편집기")


def thunar(d: Desk) -> None:
    d.run("xfconf-query -c thunar -p /last-view -n -t string -s ThunarDetailsView")
    d.start("thunar 다운로드", "다운로드", wait=3, place=(120, 60, 1200, 720))
    d.shot("thunar-list", "thunar", "다운로드 폴더, 자세히 보기")
    d.press("사업계획서_최종\\.hwp")
    d.keys("alt+Return", wait=2)
    d.shot("thunar-properties", "thunar", "파일 속성 창")


def thunar_menu(d: Desk) -> None:
    d.start("thunar 문서", "문서", wait=3, place=(200, 90, 1000, 620))
    d.press("총무팀_예산\\.xlsx", button=3, wait=1.5)
    d.shot("thunar-context", "thunar", "파일의 오른쪽 단추 메뉴", away=False)


def pcmanfm(d: Desk) -> None:
    d.start("pcmanfm 사진", "사진", wait=4, place=(100, 60, 900, 600))
    d.shot("pcmanfm-photos", "pcmanfm", "사진 폴더, 아이콘 보기")


def dolphin(d: Desk) -> None:
    forget(".config/dolphinrc")
    d.start("dolphin 문서", "Dolphin|문서", wait=5, place=(140, 70, 1100, 680))
    d.shot("dolphin-docs", "dolphin", "문서 폴더")


def caja(d: Desk) -> None:
    d.start("caja --no-desktop 다운로드", "다운로드", wait=4, place=(80, 60, 1000, 620))
    d.press("견적서_20261118\\.pdf")
    d.keys("ctrl+f", wait=1.5)
    d.shot("caja-search", "caja", "다운로드 폴더")


def xfce_terminal(d: Desk) -> None:
    d.start(
        "xfce4-terminal --geometry=110x34 --font='D2Coding 11'",
        "터미널|Terminal",
        wait=2,
        place=(120, 60, 0, 0),
    )
    for line in (
        "cd 프로젝트",
        "ls -l",
        "python3 택배요금.py",
        "dpkg -i ../다운로드/설치파일_v2.4.deb",
        "cat 없는파일.txt",
        "curl http://127.0.0.1:9",
        "git status",
    ):
        d.type(line)
        d.keys("Return", wait=1.2)
    d.shot("terminal-errors", "xfce4-terminal", "터미널의 오류 메시지")


def konsole(d: Desk) -> None:
    d.start(
        "konsole --nofork -p Font='D2Coding,11' --workdir /home/haneul/문서",
        "Konsole|konsole|문서",
        wait=4,
        place=(140, 80, 980, 620),
    )
    for line in (
        "df -h / | tail -2",
        "ping -c 1 printer.example",
        "ssh -p 22 127.0.0.1",
        "mkdir 영수증",
        "unzip 보고서.zip",
        "ls",
    ):
        d.type(line)
        d.keys("Return", wait=1.5)
    d.shot("konsole-errors", "konsole", "konsole의 명령 결과")


def gnome_calculator(d: Desk) -> None:
    d.start("gnome-calculator --mode=basic", "계산기", wait=3)
    d.window("계산기", place=(120, 120, 420, 560))
    d.type("1250*12")
    d.keys("Return")
    d.type("15000/7")
    d.keys("Return", wait=1)
    d.shot("gnome-calculator", "gnome-calculator", "계산기와 계산 내역")


def kcalc(d: Desk) -> None:
    d.start("kcalc", "KCalc|계산기", wait=3, place=(400, 150, 620, 480))
    d.type("3840+127")
    d.keys("Return", wait=1)
    d.press("설정.*", wait=1.2)
    d.shot("kcalc-menu", "kcalc", "KCalc와 설정 메뉴")


def evince(d: Desk) -> None:
    d.start("evince 문서/체육대회_안내문.pdf", "체육대회", wait=4, place="max")
    d.shot("evince-pdf", "evince", "PDF 안내문")


def atril(d: Desk) -> None:
    d.start("atril 문서/체육대회_안내문.pdf", "체육대회", wait=4, place=(100, 50, 1100, 680))
    d.keys("ctrl+p", wait=3)
    d.shot("atril-print", "atril", "인쇄 대화상자")


def okular(d: Desk) -> None:
    d.start("okular 문서/관리비_고지서.pdf", "Okular|관리비", wait=5, place="max")
    d.shot("okular-pdf", "okular", "Okular의 PDF")


def eog(d: Desk) -> None:
    d.start("eog 사진/한라산_등반.jpg", "한라산", wait=3, place=(200, 80, 1100, 780))
    d.keys("alt+Return", wait=2)
    d.shot("eog-properties", "eog", "그림과 그림 속성")


def ristretto(d: Desk) -> None:
    d.start("ristretto 사진/단풍길.jpg", "단풍길", wait=3, place=(160, 70, 980, 640))
    d.press("편집.*", role="menu", wait=1)
    d.shot("ristretto-menu", "ristretto", "그림 보기와 편집 메뉴")


def gwenview(d: Desk) -> None:
    d.start("gwenview 사진/겨울바다.jpg", "Gwenview|겨울", wait=5, place="max")
    d.shot("gwenview", "gwenview", "Gwenview")


def settings(d: Desk) -> None:
    d.start("xfce4-settings-manager", "설정", wait=4, place=(260, 120, 860, 640))
    d.shot("xfce-settings", "xfce4-settings-manager", "설정 관리자")


def mouse(d: Desk) -> None:
    d.start("xfce4-mouse-settings", "마우스", wait=3, place=(380, 160, 0, 0))
    d.shot("xfce-mouse", "xfce4-mouse-settings", "마우스와 터치패드 설정")


def keyboard(d: Desk) -> None:
    d.start("xfce4-keyboard-settings", "키보드", wait=3, place=(330, 130, 0, 0))
    d.shot("xfce-keyboard", "xfce4-keyboard-settings", "키보드 설정")


def appearance(d: Desk) -> None:
    d.start("xfce4-appearance-settings", "모양|외관|테마", wait=3, place=(260, 90, 0, 0))
    d.press("글꼴.*", role="tab", wait=1.5)
    d.shot("example-appearance", "xfce4-appearance-settings", "모양새 설정의 글꼴 탭")


def display(d: Desk) -> None:
    d.start("xfce4-display-settings", "디스플레이", wait=3, place=(420, 180, 0, 0))
    d.shot("xfce-display", "xfce4-display-settings", "디스플레이 설정")


def taskmanager(d: Desk) -> None:
    d.start("gedit 문서/장보기.txt", "장보기", wait=2, place=(1100, 420, 700, 500))
    d.start("thunar 사진", "사진", wait=2, place=(1000, 300, 700, 460))
    d.start("xfce4-taskmanager", "작업", wait=5, place=(160, 90, 1000, 640))
    d.shot("taskmanager", "xfce4-taskmanager", "작업 관리자")


def monitor(d: Desk) -> None:
    d.start("gnome-system-monitor -p", "시스템|프로세스", wait=5, place=(200, 100, 1100, 760))
    d.shot("system-monitor", "gnome-system-monitor", "시스템 감시 프로세스")
    d.run("gnome-system-monitor -r")
    time.sleep(8)
    d.shot("system-monitor-resources", "gnome-system-monitor", "시스템 감시 자원")
    d.run("gnome-system-monitor -f")
    time.sleep(2)
    d.shot("system-monitor-files", "gnome-system-monitor", "시스템 감시 파일 시스템")


def baobab(d: Desk) -> None:
    d.start("baobab /home/haneul/다운로드", "디스크|다운로드", wait=5, place=(240, 100, 1100, 720))
    d.shot("baobab", "baobab", "디스크 사용량 분석")


def archive(d: Desk) -> None:
    d.run("cd 문서 && rm -f ../다운로드/서류모음.zip && zip -q ../다운로드/서류모음.zip *.xlsx *.txt *.docx")
    d.start("file-roller 다운로드/서류모음.zip", "서류모음", wait=4, place=(220, 100, 900, 620))
    d.shot("file-roller", "file-roller", "압축 파일 내용")


def engrampa(d: Desk) -> None:
    d.start("engrampa 다운로드/서류모음.zip", "서류모음", wait=4, place=(160, 80, 900, 560))
    d.keys("ctrl+e", wait=2.5)
    d.shot("engrampa-extract", "engrampa", "압축 풀기 대화상자")


def desktop(d: Desk) -> None:
    d.start("thunar 사진", "사진", wait=3, place=(980, 120, 880, 600))
    d.start("xfce4-terminal --geometry=84x14", "터미널|Terminal", wait=2, place=(1040, 620, 0, 0))
    for line in ("date", "ls 사진"):
        d.type(line)
        d.keys("Return")
    d.start("gedit 문서/장보기.txt", "장보기", wait=2, place=(60, 120, 820, 620))
    d.shot("desktop-windows", "xfce4-panel", "창이 여러 개인 바탕 화면")


SCENES: dict[str, Scene] = {
    "mousepad": (Look(WX, panel=True), mousepad),
    "gedit": (Look(FHD, dark=True, gtk="Adwaita:dark", wm="Onyx", wall=GREY), gedit),
    "pluma": (Look(HP, wall=GREEN, gtk="Greybird", wm="Greybird"), pluma),
    "kate": (Look(FHD, wall=GREY, font="Noto Sans CJK KR 10"), kate),
    "geany": (Look(HD, gtk="Arc-Dark", dark=True, wm="Arc-Dark"), geany),
    "thunar": (Look(FHD, panel=True, gtk="Greybird", wm="Greybird", wall=GREEN), thunar),
    "thunar_menu": (Look(WX, gtk="Arc", wm="Arc"), thunar_menu),
    "pcmanfm": (Look(WX, font="NanumGothic 10", gtk="Breeze", wm="Breeze-ob"), pcmanfm),
    "dolphin": (Look(HD, wall=PLUM, wm="Breeze-ob"), dolphin),
    "caja": (Look(WX, wall=GREEN, gtk="Adwaita"), caja),
    "terminal": (Look(FHD, dark=True, gtk="Greybird-dark", wm="Greybird-dark", panel=True), xfce_terminal),
    "konsole": (Look(HD, wall=GREY, wm="Onyx"), konsole),
    "gnome_calculator": (Look(WX, wall=PLUM), gnome_calculator),
    "kcalc": (Look(HD), kcalc),
    "evince": (Look(FHD), evince),
    "atril": (Look(WX, gtk="Arc", wm="Arc"), atril),
    "okular": (Look(HP), okular),
    "eog": (Look(FHD, dark=True, gtk="Adwaita:dark", wm="Onyx"), eog),
    "ristretto": (Look(WX, gtk="Greybird", wm="Greybird"), ristretto),
    "gwenview": (Look(HD), gwenview),
    "settings": (Look(FHD, gtk="Greybird", wm="Greybird", panel=True), settings),
    "mouse": (Look(HD, gtk="Adwaita"), mouse),
    "keyboard": (Look(WX, dark=True, gtk="Arc-Dark", wm="Arc-Dark"), keyboard),
    "appearance": (Look(WX, gtk="Greybird", wm="Greybird", wall=PLUM), appearance),
    "display": (Look(FHD, gtk="Greybird", wm="Greybird"), display),
    "taskmanager": (Look(FHD, gtk="Greybird-dark", dark=True, wm="Greybird-dark", panel=True), taskmanager),
    "monitor": (Look(FHD), monitor),
    "baobab": (Look(HP, wall=GREY), baobab),
    "archive": (Look(HD, wall=GREEN), archive),
    "engrampa": (Look(WX, gtk="Greybird", wm="Greybird"), engrampa),
    "desktop": (Look(FHD, panel=True, gtk="Greybird", wm="Greybird", wall=GREEN), desktop),
}
