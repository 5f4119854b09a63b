"""More invented content: slides, a household book, a mailbox, a key store, a torrent, music tags, a wiki."""

from __future__ import annotations

import datetime as dt
import hashlib
import subprocess
import wave

from .content import DOCS, DOWN, HOME, MUSIC
from .desk import write

SLIDE = """<draw:page draw:name="{name}" draw:master-page-name="Default"><draw:frame svg:width="22cm" svg:height="3cm"
 svg:x="3cm" svg:y="1.2cm"><draw:text-box><text:p text:style-name="T">{title}</text:p></draw:text-box></draw:frame>
<draw:frame svg:width="22cm" svg:height="9cm" svg:x="3cm" svg:y="4.8cm"><draw:text-box>{points}</draw:text-box>
</draw:frame></draw:page>"""
FODP = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.presentation">
<office:automatic-styles>
<style:page-layout style:name="PL"><style:page-layout-properties fo:page-width="28cm" fo:page-height="15.75cm"/></style:page-layout>
<style:style style:name="T" style:family="paragraph"><style:text-properties fo:font-size="36pt" style:font-size-asian="36pt"
 style:font-name-asian="Noto Sans CJK KR" fo:font-weight="bold" style:font-weight-asian="bold" fo:color="#1f4e79"/></style:style>
<style:style style:name="P" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.4cm"/><style:text-properties
 fo:font-size="24pt" style:font-size-asian="24pt" style:font-name-asian="Noto Sans CJK KR"/></style:style></office:automatic-styles>
<office:master-styles><style:master-page style:name="Default" style:page-layout-name="PL"/></office:master-styles>
<office:body><office:presentation>{pages}</office:presentation></office:body></office:document>"""


def slides() -> None:
    pages = [
        (
            "신제품 '온새미로' 발표",
            [
                "접이식 휴대용 가습기",
                "무게 320g, 연속 사용 9시간",
                "출시일 2026년 12월 10일",
                "가격 45,900원",
            ],
        ),
        ("시장 조사 결과", ["설문 참여 1,206명", "구매 의향 63%", "가장 원하는 기능: 조용함"]),
        ("판매 목표", ["첫 달 3,000대", "온라인 70%, 매장 30%"]),
        ("일정", ["11월 시제품 시험", "12월 생산과 출시"]),
    ]
    body = "".join(
        SLIDE.format(
            name=f"슬라이드 {i}",
            title=title,
            points="".join(f'<text:p text:style-name="P">• {p}</text:p>' for p in points),
        )
        for i, (title, points) in enumerate(pages, start=1)
    )
    write(DOCS / "신제품_발표.fodp", FODP.format(pages=body))


def homebank() -> None:
    """A household book of two accounts, in HomeBank's XML (dates are days since 0001-01-01)."""
    day = dt.date(2026, 11, 1).toordinal()
    rows = [
        (1, -54300, "동네마트", "장보기", "식비"),
        (3, -12500, "김밥천국길", "점심", "식비"),
        (5, -59000, "한빛통신", "휴대전화", "통신비"),
        (9, -38210, "전기요금", "10월분", "공과금"),
        (10, -27000, "가온서점", "참고서", "교육비"),
        (15, -550000, "월세", "11월", "주거비"),
        (19, 2410000, "회사", "급여", "급여"),
        (21, -84000, "소나무꽃집", "화분", "선물"),
        (22, -4800, "편의점", "우유", "식비"),
    ]
    payees = list(dict.fromkeys(r[2] for r in rows))
    groups = list(dict.fromkeys(r[4] for r in rows))
    xml = [
        '<?xml version="1.0"?>',
        '<homebank v="1.4" d="050601">',
        '<properties title="우리집 가계부" curr="1" auto_smode="1" auto_weekday="1"/>',
        '<cur key="1" flags="0" iso="KRW" name="대한민국 원" symb="₩" syprf="1" dchar="." gchar="," frac="0" rate="0" mdate="0"/>',
        '<account key="1" pos="1" type="1" curr="1" name="생활비 통장" bankname="새벽은행" initial="1850000" minimum="0"/>',
        '<account key="2" pos="2" type="2" curr="1" name="비상금" bankname="바다은행" initial="3000000" minimum="0"/>',
    ]
    xml += [f'<pay key="{i}" name="{p}"/>' for i, p in enumerate(payees, 1)]
    xml += [f'<cat key="{i}" flags="{2 if g == "급여" else 0}" name="{g}"/>' for i, g in enumerate(groups, 1)]
    xml += [
        f'<ope date="{day + d}" amount="{a}" account="1" paymode="4" st="0" flags="{2 if a > 0 else 0}" '
        f'payee="{payees.index(p) + 1}" category="{groups.index(g) + 1}" wording="{w}"/>'
        for d, a, p, w, g in rows
    ]
    write(DOCS / "우리집_가계부.xhb", "\n".join([*xml, "</homebank>"]))


def keys() -> None:
    """A KeePass database with invented entries (password 1234)."""
    store = DOCS / "비밀번호.kdbx"
    store.unlink(missing_ok=True)
    subprocess.run(
        ["keepassxc-cli", "db-create", "-q", "-p", str(store)], input="1234\n1234\n", text=True, check=False
    )
    for group in ("은행", "학교", "쇼핑"):
        subprocess.run(
            ["keepassxc-cli", "mkdir", "-q", str(store), group], input="1234\n", text=True, check=False
        )
    for path, user, url in [
        ("새벽은행", "haneul01", "http://saebyeok.example"),
        ("포근마켓", "haneul_shop", "http://pogeun.example"),
        ("도서관", "2026-0417", "http://lib.example"),
        ("공유기", "admin", "http://192.168.0.1"),
    ]:
        subprocess.run(
            ["keepassxc-cli", "add", "-q", "-u", user, "--url", url, "-g", str(store), path],
            input="1234\n",
            text=True,
            check=False,
        )


def bencode(value: object) -> bytes:
    if isinstance(value, int):
        return b"i%de" % value
    if isinstance(value, bytes):
        return b"%d:%s" % (len(value), value)
    if isinstance(value, str):
        return bencode(value.encode())
    assert isinstance(value, dict)
    return b"d" + b"".join(bencode(k) + bencode(v) for k, v in sorted(value.items())) + b"e"


def torrents() -> None:
    for name, size in [
        ("한글글꼴모음-3.1.tar.gz", 734_003_200),
        ("들꽃사진_공개자료.zip", 2_147_483_648),
        ("마을음악회_녹음.flac", 412_876_800),
    ]:
        pieces = b"".join(hashlib.sha1(f"{name}{i}".encode()).digest() for i in range(size // 4_194_304 + 1))
        info = {"length": size, "name": name, "piece length": 4_194_304, "pieces": pieces}
        data = {"announce": "http://tracker.example/announce", "info": info, "comment": "공개 자료"}
        (DOWN / f"{name}.torrent").write_bytes(bencode(data))


def music() -> None:
    """Three seconds of tone per file; the names carry the titles."""
    for number, (name, tone) in enumerate(
        [("봄비 소리", 262), ("산책길에서", 330), ("늦은 밤 기차", 392), ("고향의 바람", 440)], 1
    ):
        path = MUSIC / f"{number:02d} {name}.wav"
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, 8000, 0, "NONE", ""))
            beat = [
                int(9000 * (1 if (i * tone * 2 // 8000) % 2 else -1) * (1 - (i % 8000) / 9000))
                for i in range(24000)
            ]
            file.writeframes(b"".join(v.to_bytes(2, "little", signed=True) for v in beat))


MAILS = [
    (
        "한서윤",
        "seoyun",
        "주간 회의 시간 변경 안내",
        "23 Nov 2026 09:12:00",
        "이번 주 회의는 목요일 오전 10시로 옮깁니다.\n장소는 3층 소회의실입니다.\n자료는 수요일 저녁 6시까지 올려 주세요.",
    ),
    (
        "총무팀",
        "office",
        "[공지] 사무실 이사 일정",
        "22 Nov 2026 16:40:00",
        "12월 4일 금요일에 5층으로 옮깁니다.",
    ),
    (
        "포근마켓",
        "shop",
        "주문하신 상품이 발송되었습니다",
        "21 Nov 2026 11:05:00",
        "운송장 번호 0000-1234-5678",
    ),
    ("문지호", "jiho", "재고 실사 명단 보내 드립니다", "20 Nov 2026 14:28:00", "붙임 파일을 확인해 주세요."),
    ("시립도서관", "lib", "대출 도서 반납 예정일 안내", "19 Nov 2026 08:00:00", "반납 예정일: 11월 27일"),
    (
        "배수아",
        "sua",
        "연말 행사 장소 후보 세 곳",
        "18 Nov 2026 17:52:00",
        "1안 한옥마을, 2안 강변 식당, 3안 회사 식당",
    ),
]


def mail() -> None:
    """A Thunderbird profile with local folders only."""
    profile = HOME / ".tb"
    local = profile / "Mail/Local Folders"
    write(
        profile / "user.js",
        """
user_pref("mail.accountmanager.accounts", "account1");
user_pref("mail.accountmanager.localfoldersserver", "server1");
user_pref("mail.account.account1.server", "server1");
user_pref("mail.server.server1.directory-rel", "[ProfD]Mail/Local Folders");
user_pref("mail.server.server1.hostname", "Local Folders");
user_pref("mail.server.server1.name", "Local Folders");
user_pref("mail.server.server1.type", "none");
user_pref("mail.server.server1.userName", "nobody");
user_pref("app.donation.eoy.version.viewed", 999);
user_pref("mail.provider.suppress_dialog_on_startup", true);
user_pref("mail.rights.version", 1);
user_pref("intl.locale.requested", "ko");
user_pref("mailnews.start_page.enabled", false);
user_pref("datareporting.policy.dataSubmissionPolicyBypassNotification", true);
user_pref("mail.shell.checkDefaultClient", false);
user_pref("accessibility.force_disabled", -1);
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "127.0.0.1");
user_pref("network.proxy.http_port", 9);
user_pref("network.proxy.ssl", "127.0.0.1");
user_pref("network.proxy.ssl_port", 9);
""",
    )
    box = "".join(
        f"From - {date}\nX-Mozilla-Status: {'0001' if i > 1 else '0000'}\nFrom: {who} <{addr}@saessak.example>\n"
        f"To: 김하늘 <haneul@saessak.example>\nSubject: {subject}\nDate: {date} +0900\nMessage-ID: <m{i}@saessak.example>\n"
        f"MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body}\n\n"
        for i, (who, addr, subject, date, body) in enumerate(MAILS)
    )
    write(local / "받은 편지", box)
    write(local / "업무 보관", "")


def wiki() -> None:
    write(HOME / "공책/notebook.zim", "[Notebook]\nversion=0.4\nname=하늘이의 공책\nhome=시작\nicon=\n")
    head = "Content-Type: text/x-zim-wiki\nWiki-Format: zim 0.6\nCreation-Date: 2026-11-20T10:00:00+09:00\n\n"
    write(
        HOME / "공책/시작.txt",
        head
        + "====== 시작 ======\n\n이번 주 할 일\n[*] 세탁소 들르기\n[ ] 김장 재료 주문\n[ ] 자동차 검사 예약\n"
        "[*] 아버지 생신 선물 고르기\n\n준비 예산은 **15만 원**.\n",
    )
    write(HOME / "공책/요리법.txt", head + "====== 요리법 ======\n\n된장찌개: 두부 반 모, 애호박 1개\n")
    write(HOME / "공책/여행_계획.txt", head + "====== 여행 계획 ======\n\n여수 1박 2일\n")


def versions() -> None:
    write(
        DOCS / "계약서/임대계약_초안.txt",
        "임대차 계약서\n임대료: 월 55만 원\n보증금: 1000만 원\n계약 기간: 2년\n주차: 1대\n관리비 별도\n",
    )
    write(
        DOCS / "계약서/임대계약_수정.txt",
        "임대차 계약서\n임대료: 월 52만 원\n보증금: 1000만 원\n계약 기간: 2년\n주차: 2대\n반려동물: 협의\n관리비 별도\n",
    )


def main() -> None:
    slides()
    homebank()
    keys()
    torrents()
    music()
    mail()
    wiki()
    versions()


if __name__ == "__main__":
    main()
