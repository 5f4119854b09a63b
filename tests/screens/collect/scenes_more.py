"""Captures of money, mail, network, media, drawing and play programs."""

from __future__ import annotations

from pathlib import Path

from .desk import Desk, Look, forget, write
from .scenes_tools import FHD, GREEN, GREY, HD, HP, PLUM, WX, Scene


def homebank(d: Desk) -> None:
    forget(".config/homebank")
    d.start("homebank 문서/우리집_가계부.xhb", "홈뱅크|HomeBank|가계부", wait=5, place=(120, 60, 1300, 800))
    d.shot("homebank", "homebank", "가계부 첫 화면")
    d.press("생활비 통장", times=2, wait=3)
    d.shot("homebank-account", "homebank", "통장 거래 내역")


def gnucash(d: Desk) -> None:
    d.start("gnucash --nofile", "GnuCash|그누캐시|팁", wait=25, place=(120, 60, 1000, 640), seconds=60)
    d.shot("gnucash", "gnucash", "GnuCash 첫 화면")


def keepassxc(d: Desk) -> None:
    write(
        Path.home() / ".config/keepassxc/keepassxc.ini",
        "[General]\nUpdateCheckMessageShown=true\n[GUI]\nCheckForUpdates=false\nApplicationTheme=classic\n",
    )
    d.start("keepassxc 문서/비밀번호.kdbx", "KeePassXC", wait=4, place=(100, 60, 1000, 640))
    d.shot("keepassxc-locked", "keepassxc", "잠긴 비밀번호 저장소")
    d.type("1234")
    d.keys("Return", wait=3)
    d.shot("keepassxc", "keepassxc", "비밀번호 목록")


def transmission(d: Desk) -> None:
    forget(".config/transmission")
    write(
        Path.home() / ".config/transmission/settings.json",
        '{"user-has-given-informed-consent": true, "start-added-torrents": false, "download-dir": "/home/haneul/다운로드",'
        ' "show-options-window": false, "dht-enabled": false, "lpd-enabled": false, "port-forwarding-enabled": false}',
    )
    d.start("transmission-gtk -p 다운로드/*.torrent", "트랜스미션", wait=4, place=(120, 70, 900, 560))
    d.keys("alt+e", wait=1)
    d.keys("Escape")
    d.press("편집.*", role="menu", wait=1)
    d.press("기본 설정.*", wait=2)
    d.shot("transmission-prefs", "transmission-gtk", "토런트 목록과 기본 설정")


def qbittorrent(d: Desk) -> None:
    write(
        Path.home() / ".config/qBittorrent/qBittorrent.conf",
        "[LegalNotice]\nAccepted=true\n[Preferences]\nGeneral\\Locale=ko\n[BitTorrent]\nSession\\AddTorrentStopped=true\n",
    )
    d.start("qbittorrent", "qBittorrent", wait=4, place="max")
    d.keys("alt+o", wait=2.5)
    d.shot("qbittorrent-options", "qbittorrent", "qBittorrent 옵션")


def filezilla(d: Desk) -> None:
    d.start("filezilla ftp://haneul:1234@127.0.0.1:2121", "FileZilla", wait=8, place="max")
    for w in d.windows():
        if "환영" in w["title"] or "Welcome" in w["title"]:
            d.run(f"wmctrl -ic {w['id']}")
    d.window("FileZilla", wait=3)
    d.shot("filezilla", "filezilla", "FTP 접속 실패 기록")


def hexchat(d: Desk) -> None:
    d.start("hexchat", "HexChat|네트워크|연결", wait=3, place=(200, 80, 0, 0))
    d.shot("hexchat", "hexchat", "네트워크 목록")


def pidgin(d: Desk) -> None:
    d.start("pidgin -c /home/haneul/.purple-new", "계정|피진|친구", wait=4)
    d.shot("pidgin", "pidgin", "피진 첫 화면")
    d.press("추가.*", wait=2)
    d.shot("pidgin-account", "pidgin", "계정 추가")


def thunderbird(d: Desk) -> None:
    d.start(
        "thunderbird --no-remote --profile /home/haneul/.tb", "Thunderbird", wait=12, place="max", seconds=90
    )
    d.shot("thunderbird-first", "thunderbird", "첫 화면")
    d.press("Local Folders", role="tree item", wait=1) or d.click(70, 120)
    d.keys("Right", wait=2)
    d.press("받은 편지.*", wait=3)
    d.press("주간 회의 시간 변경 안내.*", wait=4) or d.click(700, 220, wait=4)
    d.shot("thunderbird", "thunderbird", "받은 편지와 본문")


def calendar(d: Desk) -> None:
    d.start("gnome-calendar", "달력", wait=6, place=(140, 70, 1200, 760))
    d.shot("gnome-calendar", "gnome-calendar", "달력")


def clocks(d: Desk) -> None:
    d.start("gnome-clocks", "시계|Clocks", wait=4, place=(260, 100, 860, 560))
    d.press("타이머|스톱워치", wait=2)
    d.shot("gnome-clocks", "gnome-clocks", "시계|Clocks")


def sudoku(d: Desk) -> None:
    d.start("gnome-sudoku", "스도쿠|Sudoku|난이도", wait=4, place=(200, 60, 900, 640))
    d.shot("gnome-sudoku", "gnome-sudoku", "스도쿠 난이도 고르기")


def mines(d: Desk) -> None:
    d.start("gnome-mines", "지뢰", wait=4, place=(200, 60, 900, 640))
    d.shot("gnome-mines", "gnome-mines", "지뢰찾기 크기 고르기")


def osmo(d: Desk) -> None:
    d.start("osmo", "Osmo|오스모", wait=4, place=(200, 80, 0, 0))
    d.shot("osmo", "osmo", "일정 관리")


def zim(d: Desk) -> None:
    d.start("zim /home/haneul/공책 시작", "공책|시작|Zim", wait=6, place=(160, 80, 1000, 620))
    d.shot("zim", "zim", "공책과 할 일")


def meld(d: Desk) -> None:
    d.start(
        "meld 문서/계약서/임대계약_초안.txt 문서/계약서/임대계약_수정.txt",
        "Meld|임대계약",
        wait=5,
        place="max",
    )
    d.shot("meld", "meld", "두 파일 비교")


def gimp(d: Desk) -> None:
    d.start("gimp", "GIMP|김프|그림", wait=15, place="max", seconds=90)
    d.keys("ctrl+n", wait=3)
    d.shot("gimp-new", "gimp", "새 이미지 만들기")


def inkscape(d: Desk) -> None:
    d.start("inkscape", "Inkscape|잉크스케이프|환영", wait=8, seconds=60)
    d.shot("inkscape-welcome", "inkscape", "시작 창")


def audacity(d: Desk) -> None:
    forget(".audacity-data", ".local/share/audacity", ".config/audacity", "../../var/tmp/audacity-haneul")
    d.start("audacity '음악/02 산책길에서.wav'", "Audacity|산책", wait=20, place="max", seconds=60)
    d.shot("audacity", "audacity", "소리 편집")


def vlc(d: Desk) -> None:
    write(Path.home() / ".config/vlc/vlc-qt-interface.conf", "[General]\nIsFirstRun=false\n")
    write(Path.home() / ".config/vlc/vlcrc", "[qt]\nqt-privacy-ask=0\n")
    d.start("vlc --no-qt-privacy-ask", "VLC", wait=4, place=(140, 70, 900, 600))
    d.keys("ctrl+p", wait=2.5)
    d.shot("vlc-prefs", "vlc", "VLC 기본 설정")


def rhythmbox(d: Desk) -> None:
    d.start("rhythmbox 음악/*.wav", "리듬박스|Rhythmbox", wait=6, place=(160, 70, 1100, 660))
    d.shot("rhythmbox", "rhythmbox", "음악 목록")


def quodlibet(d: Desk) -> None:
    d.start("quodlibet", "Quod|음악", wait=6, place=(160, 70, 1000, 640))
    d.shot("quodlibet", "quodlibet", "음악 재생기")


def xournal(d: Desk) -> None:
    d.start("xournalpp 문서/체육대회_안내문.pdf", "Xournal", wait=5, place="max")
    d.shot("xournalpp", "xournalpp", "PDF에 필기")


def pavucontrol(d: Desk) -> None:
    d.start("pavucontrol", "음량|볼륨", wait=4, place=(260, 120, 0, 0))
    d.shot("pavucontrol", "pavucontrol", "음량 조절")


def contacts(d: Desk) -> None:
    d.start("gnome-contacts", "연락처|Contacts", wait=5, place=(220, 100, 800, 560))
    d.shot("gnome-contacts", "gnome-contacts", "연락처")


def characters(d: Desk) -> None:
    d.start("gnome-characters", "문자", wait=5, place=(220, 80, 900, 640))
    d.shot("gnome-characters", "gnome-characters", "문자표")


SCENES: dict[str, Scene] = {
    "homebank": (Look(FHD, wall=GREEN), homebank),
    "gnucash": (Look(WX), gnucash),
    "keepassxc": (Look(WX, wall=GREY, wm="Breeze-ob"), keepassxc),
    "transmission": (Look(WX, gtk="Arc", wm="Arc"), transmission),
    "qbittorrent": (Look(HD, wall=GREY), qbittorrent),
    "filezilla": (Look(HD), filezilla),
    "hexchat": (Look(WX, gtk="Greybird", wm="Greybird"), hexchat),
    "pidgin": (Look(WX, gtk="Greybird", wm="Greybird", wall=PLUM), pidgin),
    "thunderbird": (Look(FHD), thunderbird),
    "calendar": (Look(HP, wall=PLUM), calendar),
    "clocks": (Look(WX, dark=True, wm="Onyx", wall=GREY), clocks),
    "sudoku": (Look(HD, wall=GREEN), sudoku),
    "mines": (Look(HD, wall=GREY), mines),
    "osmo": (Look(HD, gtk="Greybird", wm="Greybird"), osmo),
    "zim": (Look(WX, gtk="Arc", wm="Arc"), zim),
    "meld": (Look(HP), meld),
    "gimp": (Look(FHD, dark=True, gtk="Adwaita:dark", wm="Onyx"), gimp),
    "inkscape": (Look(FHD, wall=GREY), inkscape),
    "audacity": (Look(HD), audacity),
    "vlc": (Look(HD, wall=PLUM), vlc),
    "rhythmbox": (Look(HD, gtk="Arc-Dark", dark=True, wm="Arc-Dark"), rhythmbox),
    "quodlibet": (Look(WX), quodlibet),
    "xournal": (Look(HP), xournal),
    "pavucontrol": (Look(WX), pavucontrol),
    "contacts": (Look(WX), contacts),
    "characters": (Look(HD, wall=PLUM), characters),
}
