"""Captures of the second set: more editors, viewers and tools, web forms, some at 125 and 150 %."""

from __future__ import annotations

from .desk import Desk, Look
from .scenes_tools import FHD, GREEN, GREY, HD, HP, PLUM, WX, Scene
from .scenes_web import chromium, firefox

SMALL = (1280, 720)
ENLARGED = 'user_pref("layout.css.devPixelsPerPx", "{}");\n'


def library(d: Desk) -> None:
    firefox(d, "http://solbit.example/library")
    d.shot("firefox-library", "firefox-esr", "도서관 자료 검색")


def survey(d: Desk) -> None:
    firefox(d, "http://aram.example/survey", extra=ENLARGED.format("1.25"))
    d.shot("firefox-survey", "firefox-esr", "강좌 신청서")


def booking(d: Desk) -> None:
    firefox(d, "http://onsaemi.example/booking", "http://solbit.example/library")
    d.shot("firefox-booking", "firefox-esr", "진료 예약")


def parcel(d: Desk) -> None:
    chromium(d, "http://nadeulmok.example/parcel")
    d.shot("chromium-parcel", "chromium", "택배 배송 조회")


def home(d: Desk) -> None:
    chromium(d, "http://pogeunhome.example/home")
    d.shot("chromium-switches", "chromium", "스위치가 있는 집 설정")


def energy(d: Desk) -> None:
    chromium(d, "http://dure.example/energy")
    d.shot("chromium-energy", "chromium", "전기 사용량 그래프")


def printer(d: Desk) -> None:
    firefox(d, "http://breeze.example/printer", extra=ENLARGED.format("1.5"))
    d.shot("firefox-printer", "firefox-esr", "영어로 된 프린터 상태")


def texteditor(d: Desk) -> None:
    d.start("gnome-text-editor 문서/김장.txt", "김장|텍스트", wait=4, place=(140, 60, 1000, 700))
    d.keys("ctrl+h", wait=1.5)
    d.type("배추", wait=1.5)
    d.shot("text-editor", "gnome-text-editor", "텍스트 편집기의 바꾸기")


def ark(d: Desk) -> None:
    d.start("ark 다운로드/베란다_공사.zip", "Ark|베란다", wait=5, place=(120, 60, 1000, 620))
    d.shot("ark", "ark", "압축 파일 내용")


def colours(d: Desk) -> None:
    d.start("kcolorchooser --color '#2f9e44'", "색|KColor", wait=4, place=(200, 100, 0, 0))
    d.shot("kcolorchooser", "kcolorchooser", "색 고르기")


def featherpad(d: Desk) -> None:
    d.start(
        "featherpad 문서/김장.txt 문서/동아리_회비.txt",
        "FeatherPad|김장|회비",
        wait=4,
        place=(100, 50, 980, 600),
    )
    d.shot("featherpad", "featherpad", "어두운 편집기의 두 탭")


def galculator(d: Desk) -> None:
    d.start("galculator", "galculator|계산기", wait=3, place=(420, 150, 0, 0))
    d.type("1024*3")
    d.keys("Return", wait=1)
    d.shot("galculator", "galculator", "공학용 계산기")


def lxtask(d: Desk) -> None:
    d.start("lxtask", "작업|lxtask|Task", wait=5, place=(160, 70, 900, 600))
    d.shot("lxtask", "lxtask", "작업 관리자")


SCENES: dict[str, Scene] = {
    "library": (Look(FHD), library),
    "survey": (Look(FHD, gtk="Greybird", wm="Greybird"), survey),
    "booking": (Look(SMALL), booking),
    "parcel": (Look(HD), parcel),
    "home": (Look(HP, dark=True, gtk="Adwaita:dark", wm="Onyx"), home),
    "energy": (Look(WX, gtk="Arc", wm="Arc"), energy),
    "printer": (Look(HP), printer),
    "texteditor": (
        Look(HP, font="Noto Sans CJK KR 15", dark=True, gtk="Adwaita:dark", wm="Onyx", wall=GREY),
        texteditor,
    ),
    "ark": (Look(WX, wm="Breeze-ob", wall=GREEN), ark),
    "colours": (Look(HD, wm="Breeze-ob", wall=PLUM), colours),
    "featherpad": (Look(SMALL, dark=True, wm="Onyx", wall=GREY), featherpad),
    "galculator": (Look(SMALL, font="Noto Sans CJK KR 14", gtk="Greybird", wm="Greybird"), galculator),
    "lxtask": (Look(HD, gtk="Arc-Dark", dark=True, wm="Arc-Dark", wall=GREY), lxtask),
}
