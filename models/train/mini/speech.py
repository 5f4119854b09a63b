"""How things on a screen are said aloud: numbers in words, English in Hangul, files by what they show, names with 씨."""

# ruff: noqa: E501  (lists of Korean strings, where a syllable counts double)

from __future__ import annotations

import random
import re

SOUNDS = {
    "OK": "오케이", "Save": "세이브", "Cancel": "캔슬", "File": "파일", "Edit": "에디트", "View": "뷰", "Help": "헬프", "Close": "클로즈", "Open": "오픈", "Print": "프린트", "Next": "넥스트", "Back": "백", "Delete": "딜리트",
    "PDF": "피디에프", "USB": "유에스비", "Wi-Fi": "와이파이", "IP": "아이피", "URL": "유알엘", "Chrome": "크롬", "Firefox": "파이어폭스", "Bluetooth": "블루투스", "HTML": "에이치티엠엘", "CPU": "씨피유", "GPU": "지피유", "RAM": "램",
    "DNS": "디엔에스", "VPN": "브이피엔", "SSH": "에스에스에이치", "FTP": "에프티피", "HTTP": "에이치티티피", "ID": "아이디", "PC": "피씨", "TV": "티비", "CD": "씨디", "DVD": "디비디", "HDMI": "에이치디엠아이", "SD": "에스디", "LAN": "랜", "MP3": "엠피쓰리",
    "Python": "파이썬", "Java": "자바", "JavaScript": "자바스크립트", "Linux": "리눅스", "Windows": "윈도우", "Google": "구글", "Excel": "엑셀", "Word": "워드", "PowerPoint": "파워포인트", "YouTube": "유튜브", "Mail": "메일", "Sheet": "시트", "Server": "서버", "server": "서버",
    "Home": "홈", "Settings": "세팅", "Tools": "툴즈", "Insert": "인서트", "Format": "포맷", "Window": "윈도", "Search": "서치", "Start": "스타트", "Stop": "스톱", "Play": "플레이", "Copy": "카피", "Paste": "페이스트", "Undo": "언두", "Reset": "리셋", "Update": "업데이트",
    "Install": "인스톨", "Login": "로그인", "Logout": "로그아웃", "Yes": "예스", "No": "노", "Error": "에러", "Warning": "워닝", "Download": "다운로드", "Upload": "업로드", "Account": "어카운트", "Network": "네트워크", "Desktop": "데스크톱", "Documents": "도큐먼트", "Music": "뮤직",
    "Version": "버전", "Size": "사이즈", "Name": "네임", "Type": "타입", "Date": "데이트", "Enter": "엔터", "Tab": "탭", "Ctrl": "컨트롤", "Shift": "시프트", "Alt": "알트", "Unicode": "유니코드", "UTF-8": "유티에프 팔", "D2Coding": "디투코딩", "SQL": "에스큐엘", "API": "에이피아이",
    "readme": "리드미", "README": "리드미", "main": "메인", "test": "테스트", "report": "리포트", "config": "컨피그", "setup": "셋업", "data": "데이터", "notes": "노트", "draft": "드래프트", "photo": "포토", "backup": "백업", "index": "인덱스", "docker": "도커", "git": "깃",
}  # fmt: skip
_DIGITS = "영일이삼사오육칠팔구"
_UNITS = r"(?=\s?(?:분기|월|일|교시|층|호|학년|반|년|점|번|관|동|차|주|단계|장|절|과|회|기|강|부|편|퍼센트|원|호선|조|시트|구역|팀))"
_COUNTED = {"1": "한", "2": "두", "3": "세", "4": "네", "5": "다섯", "6": "여섯", "7": "일곱", "8": "여덟", "9": "아홉", "10": "열"}  # fmt: skip
KINDS_OF_FILES = {
    "png": ("그림", "사진", "그림 파일"), "jpg": ("사진", "사진 파일", "그림"), "jpeg": ("사진", "그림"), "gif": ("그림", "움짤"), "svg": ("그림",), "hwp": ("한글 파일", "문서", "파일"), "hwpx": ("한글 파일", "문서"), "docx": ("워드 파일", "문서", "파일"), "odt": ("문서", "파일"),
    "xlsx": ("엑셀 파일", "엑셀", "표"), "ods": ("표", "스프레드시트", "파일"), "csv": ("표 파일", "파일"), "pptx": ("파워포인트", "발표 파일", "피피티"), "odp": ("발표 파일", "발표 자료"), "pdf": ("피디에프", "피디에프 파일", "파일", "문서"), "txt": ("텍스트 파일", "메모", "텍스트"),
    "md": ("파일", "문서"), "zip": ("압축 파일", "압축"), "7z": ("압축 파일",), "mp3": ("노래", "음악 파일", "음악"), "wav": ("소리 파일", "녹음"), "ogg": ("소리 파일", "노래"), "mp4": ("영상", "동영상", "비디오"), "mkv": ("동영상", "영화"), "py": ("파이썬 파일", "코드", "파일"),
    "html": ("웹 페이지 파일", "파일"), "deb": ("설치 파일",), "exe": ("설치 파일", "실행 파일"),
}  # fmt: skip
GROUPS_OF_FILES = {
    "사진": ("png", "jpg", "jpeg", "gif"), "그림 파일": ("png", "jpg", "jpeg", "gif", "svg"), "피디에프 파일": ("pdf",), "PDF": ("pdf",), "엑셀 파일": ("xlsx",), "한글 파일": ("hwp", "hwpx"), "압축 파일": ("zip", "7z"), "음악 파일": ("mp3", "wav", "ogg"), "노래 파일": ("mp3", "wav", "ogg"),
    "동영상": ("mp4", "mkv"), "영상 파일": ("mp4", "mkv"), "텍스트 파일": ("txt",), "파이썬 파일": ("py",), "발표 파일": ("pptx", "odp"), "워드 파일": ("docx",),
}  # fmt: skip
_FILE = re.compile(r"^(.{2,}?)\.([A-Za-z0-9]{2,4})$")


def sino(number: int) -> str:
    """A whole number under ten thousand in Sino-Korean words (이천이십육)."""
    out = ""
    for size, word in ((1000, "천"), (100, "백"), (10, "십"), (1, "")):
        digit = number // size % 10
        if digit:
            out += ("" if digit == 1 and word else _DIGITS[digit]) + word
    return out or "영"


def numbers_spoken(text: str) -> str:
    """Digits before a unit in words: 2분기 → 이분기, 6월 → 유월."""
    text = re.sub(r"(?<!\d)10(?=월)", "시", re.sub(r"(?<!\d)6(?=월)", "유", text))
    return re.sub(r"(?<![\d.,])\d{1,4}(?![\d.,])" + _UNITS, lambda m: sino(int(m[0])), text)


def counted(number: int) -> str:
    """1 … 10 as used before a counter (한, 두 …); digits above."""
    return _COUNTED.get(str(number), str(number))


def english_spoken(text: str) -> str:
    """English words that have a usual Korean sound, in Hangul."""
    return re.sub(r"[A-Za-z][A-Za-z0-9+-]*", lambda m: SOUNDS.get(m[0], m[0]), text)


def file_spoken(name: str, rng: random.Random) -> str:
    """A file by its name without the ending, with what it is: 야경.png → 야경 사진."""
    match = _FILE.match(name)
    if not match:
        return name
    stem, ending = match[1], match[2].lower()
    stem = " ".join(re.sub(r"[_\-]+", " ", stem).split()) or stem
    kinds = KINDS_OF_FILES.get(ending)
    if not kinds or rng.random() < 0.25:
        return stem
    kind = rng.choice(kinds)
    return stem if stem.endswith(kind.split()[0]) else f"{stem} {kind}"


def is_file(name: str) -> bool:
    match = _FILE.match(name)
    return bool(match) and match[2].lower() in KINDS_OF_FILES


def aloud(said: str, rng: random.Random) -> str:
    """A mention as a microphone would hear it: some numbers, English words and signs in Korean words."""
    if rng.random() < 0.4:
        said = numbers_spoken(said)
    if rng.random() < 0.4:
        said = english_spoken(said)
    if rng.random() < 0.7:
        said = " ".join(re.sub(r"[_/|·]+", " ", said).split()) or said
    if len(said) > 2 and " " not in said and rng.random() < 0.2:
        for ending in ("점", "팀"):
            if said.endswith(ending):
                return said.removesuffix(ending) + " " + ending
    return said
