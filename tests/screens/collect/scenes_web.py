"""Captures of browsers with the pages under pages/, their own settings and error pages, and of a mail program."""

from __future__ import annotations

import sys
from pathlib import Path

from .desk import HERE, Desk, Look, forget, write
from .scenes_tools import FHD, GREY, HD, HP, WX, Scene

PORT = 8077
PREFS = f"""
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "127.0.0.1");
user_pref("network.proxy.http_port", {PORT});
user_pref("network.proxy.allow_hijacking_localhost", true);
user_pref("intl.locale.requested", "ko");
user_pref("intl.accept_languages", "ko,en");
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("datareporting.policy.dataSubmissionPolicyBypassNotification", true);
user_pref("termsofuse.bypassNotification", true);
user_pref("browser.startup.page", 0);
user_pref("browser.newtabpage.enabled", false);
user_pref("browser.tabs.firefox-view", false);
user_pref("signon.rememberSignons", false);
user_pref("dom.security.https_first", false);
user_pref("browser.urlbar.suggest.searches", false);
user_pref("captivedetect.canonicalURL", "");
user_pref("network.captive-portal-service.enabled", false);
user_pref("accessibility.force_disabled", -1);
user_pref("browser.translations.automaticallyPopup", false);
"""


def firefox(
    d: Desk, *addresses: str, place: tuple[int, int, int, int] | str = "max", extra: str = ""
) -> None:
    """Start Firefox on a fresh profile with one tab per address; the first one is in front."""
    profile = Path.home() / f".ff-{d.number}"
    forget(profile.name)
    write(profile / "user.js", PREFS + extra)
    d.spawn(f"{sys.executable} {HERE / 'web.py'} {PORT}")
    tabs = " ".join(f"-new-tab -url {a}" for a in addresses)
    d.start(
        f"firefox-esr --no-remote --profile {profile} {tabs}",
        "Firefox|Mozilla",
        wait=9,
        place=place,
        seconds=90,
    )


def chromium(
    d: Desk,
    *addresses: str,
    title: str = "Chromium",
    place: tuple[int, int, int, int] | str = "max",
    flags: str = "",
) -> None:
    """Start Chromium on a fresh profile; the last address is in front."""
    forget(".config/chromium")
    d.spawn(f"{sys.executable} {HERE / 'web.py'} {PORT}")
    dark = "--force-dark-mode" if d.look.dark else ""
    d.start(
        f"chromium --lang=ko --no-first-run --no-default-browser-check --force-renderer-accessibility {dark} {flags} "
        f"--password-store=basic --disable-sync --disable-features=Translate,HttpsUpgrades,HttpsFirstBalancedMode "
        f"--disable-gpu --proxy-server=127.0.0.1:{PORT} " + " ".join(addresses),
        title,
        wait=9,
        place=place,
        seconds=90,
    )


def timetable(d: Desk) -> None:
    firefox(d, "http://pureunsol.example/timetable", "http://haetsal.example/notice")
    d.shot("firefox-timetable", "firefox-esr", "학교 시간표 누리집")


def notice(d: Desk) -> None:
    firefox(d, "http://haetsal.example/notice", place=(60, 40, 1240, 680))
    d.shot("firefox-notice", "firefox-esr", "아파트 공지사항")


def signup(d: Desk) -> None:
    firefox(d, "http://munhwa.example/signup")
    d.shot("firefox-signup", "firefox-esr", "회원가입 양식의 오류")


def news(d: Desk) -> None:
    firefox(d, "http://dodam.example/news", "http://nalssi.example/weather", "http://dodam.example/news")
    d.shot("firefox-news", "firefox-esr", "신문 누리집")


def firefox_settings(d: Desk) -> None:
    firefox(d, "about:preferences#general")
    d.shot("firefox-settings", "firefox-esr", "Firefox 설정 일반")
    d.press("개인 정보 및 보안|개인 정보 및 보안.*", wait=3)
    d.shot("firefox-privacy", "firefox-esr", "Firefox 개인 정보 및 보안 설정")


def firefox_error(d: Desk) -> None:
    firefox(d, "http://127.0.0.1:9/", extra='user_pref("network.proxy.type", 0);\n')
    d.shot("firefox-error", "firefox-esr", "연결할 수 없음 오류")


def firefox_menu(d: Desk) -> None:
    firefox(d, "http://nalssi.example/weather", place=(20, 10, 1320, 700))
    d.shot("firefox-weather", "firefox-esr", "주간 강수량 막대그래프")
    d.press("메뉴 열기|Firefox|프로그램 메뉴 열기", wait=2) or d.click(1305, 70)
    d.shot("firefox-menu", "firefox-esr", "Firefox 프로그램 메뉴")


def shop(d: Desk) -> None:
    chromium(d, "http://pogeun.example/shop")
    d.shot("chromium-shop", "chromium", "이불 쇼핑몰")


def bank(d: Desk) -> None:
    chromium(d, "http://saebyeok.example/bank", "http://pogeun.example/shop")
    d.shot("chromium-bank", "chromium", "인터넷뱅킹 이체")


def chat(d: Desk) -> None:
    chromium(d, "--app=http://durun.example/chat", title="두런두런", place=(180, 60, 1000, 660))
    d.shot("chromium-chat", "chromium", "메신저 대화")


def train(d: Desk) -> None:
    chromium(d, "http://baram.example/train")
    d.shot("chromium-train", "chromium", "열차 조회 결과")


def chromium_settings(d: Desk) -> None:
    chromium(d, "http://pogeun.example/shop")
    d.keys("ctrl+l")
    d.type("chrome://settings/privacy")
    d.keys("Return", wait=18)
    d.shot("chromium-settings", "chromium", "Chromium 설정")


def chromium_error(d: Desk) -> None:
    chromium(d, "http://127.0.0.1:9/", place=(80, 40, 1150, 680), flags="--proxy-bypass-list=127.0.0.1")
    d.shot("chromium-error", "chromium", "사이트에 연결할 수 없음")


def clinic(d: Desk) -> None:
    firefox(d, "http://malgeun.example/clinic")
    d.shot("example-clinic", "firefox-esr", "진료 예약 확인")


def expired(d: Desk) -> None:
    chromium(d, "http://gureum.example/expired")
    d.shot("example-expired", "chromium", "로그인 만료 안내")


SCENES: dict[str, Scene] = {
    "timetable": (Look(FHD), timetable),
    "notice": (Look(HD, gtk="Greybird", wm="Greybird"), notice),
    "signup": (Look(HP), signup),
    "news": (Look(FHD), news),
    "firefox_settings": (Look(FHD, dark=True, gtk="Adwaita:dark", wm="Onyx"), firefox_settings),
    "firefox_error": (Look(WX), firefox_error),
    "firefox_menu": (Look(HD, gtk="Arc", wm="Arc"), firefox_menu),
    "shop": (Look(FHD), shop),
    "bank": (Look(FHD), bank),
    "chat": (Look(WX, wall=GREY, dark=True, wm="Onyx"), chat),
    "train": (Look(HP), train),
    "chromium_settings": (Look(FHD), chromium_settings),
    "chromium_error": (Look(WX, dark=True, gtk="Adwaita:dark", wm="Onyx"), chromium_error),
    "clinic": (Look(FHD), clinic),
    "expired": (Look(HD), expired),
}
