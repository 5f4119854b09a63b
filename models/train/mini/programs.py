"""Real programs: what they are called on screen, how people say it, and what they are for."""

# ruff: noqa: E501  (lists of Korean strings, where a syllable counts double)

from __future__ import annotations

from typing import NamedTuple


class Program(NamedTuple):
    """A program; `spoken` is "" where nobody says it in another way."""

    name: str
    spoken: str
    what: str


_TABLE: dict[str, str] = {
    "텍스트 편집기": "메모장, gedit=지에디트, Mousepad=마우스패드, Pluma=플루마, Kate=케이트, KWrite=케이라이트, Notepad++=노트패드, Leafpad=리프패드, FeatherPad=페더패드, xed, Geany=지니, Vim=빔, GNU Emacs=이맥스, nano=나노, Sublime Text=서브라임 텍스트, 텍스트 편집기, EmEditor=이엠에디터",
    "문서 편집기": "LibreOffice Writer=라이터, Microsoft Word=워드, 한컴오피스 한글=한글, AbiWord=애비워드, Google 문서=구글 문서, Pages=페이지스, WPS Writer, ONLYOFFICE=온리오피스, Calligra Words, FocusWriter=포커스라이터, LyX",
    "스프레드시트": "LibreOffice Calc=캘크, Microsoft Excel=엑셀, Gnumeric=그누메릭, 한셀, Google 스프레드시트=구글 시트, WPS Spreadsheets, Calligra Sheets, Numbers=넘버스",
    "발표 자료 프로그램": "LibreOffice Impress=임프레스, Microsoft PowerPoint=파워포인트, 한쇼, Google 프레젠테이션=구글 슬라이드, Keynote=키노트, Calligra Stage",
    "파일 관리자": "파일 관리자, Thunar=투나, Dolphin=돌핀, Nautilus=노틸러스, Nemo=니모, Caja=카하, PCManFM=피시맨, 파일 탐색기=탐색기, Krusader=크루세이더, Double Commander=더블 커맨더, Konqueror=컨쿼러, Total Commander=토털 커맨더, Finder=파인더",
    "웹 브라우저": "Mozilla Firefox=파이어폭스, Chromium=크로미움, Google Chrome=크롬, Microsoft Edge=엣지, Opera=오페라, Vivaldi=비발디, Brave=브레이브, 네이버 웨일=웨일, GNOME 웹, Falkon=팔콘, Midori=미도리, Safari=사파리, Tor 브라우저=토르, SeaMonkey=시몽키",
    "메일 프로그램": "Thunderbird=썬더버드, Evolution=에볼루션, Microsoft Outlook=아웃룩, Geary=기어리, KMail=케이메일, Claws Mail=클로스 메일, Sylpheed=실피드, Betterbird, Mailspring=메일스프링",
    "음악 재생기": "Rhythmbox=리듬박스, Clementine=클레멘타인, Amarok=아마록, Audacious=오데이셔스, DeaDBeeF, Elisa=엘리사, Lollypop=롤리팝, Quod Libet=쿼드 리벳, Spotify=스포티파이, 멜론, 지니 뮤직, foobar2000=푸바, Strawberry=스트로베리, Exaile, 음악, YouTube Music=유튜브 뮤직",
    "동영상 재생기": "VLC 미디어 재생기=브이엘씨, Totem=토템, mpv=엠피브이, SMPlayer=에스엠플레이어, 팟플레이어, Celluloid=셀룰로이드, Kodi=코디, 곰플레이어, Parole=파롤, Dragon Player=드래곤 플레이어, KMPlayer=케이엠플레이어, 비디오",
    "동영상 편집기": "Kdenlive=케이덴라이브, OpenShot=오픈샷, Shotcut=샷컷, Pitivi=피티비, DaVinci Resolve=다빈치 리졸브, Adobe Premiere Pro=프리미어, Flowblade=플로블레이드, Olive",
    "소리 편집기": "Audacity=오다시티, Ardour=아더, LMMS, Ocenaudio=오션오디오, mhWaveEdit, Sound Recorder=녹음기, FL Studio=에프엘 스튜디오, MuseScore=뮤즈스코어",
    "그림 편집기": "GIMP=김프, Krita=크리타, Adobe Photoshop=포토샵, 그림판, Pinta=핀타, KolourPaint=컬러페인트, Drawing, MyPaint=마이페인트, Tux Paint=턱스페인트, darktable=다크테이블, RawTherapee, 포토스케이프, Paint.NET",
    "벡터 그림 편집기": "Inkscape=잉크스케이프, Adobe Illustrator=일러스트레이터, LibreOffice Draw=드로, Karbon, Synfig Studio",
    "사진 보기 프로그램": "Eye of GNOME, Gwenview=그웬뷰, Ristretto=리스트레토, gThumb=지썸, Shotwell=샷웰, digiKam=디지캠, XnView=엑스엔뷰, 꿀뷰, 알씨, Image Viewer, Loupe, Nomacs, feh, Photos=사진",
    "문서 보기 프로그램": "Evince=에빈스, Okular=오큘라, Atril=아트릴, Adobe Acrobat Reader=아크로뱃, Xreader, Zathura, Foxit Reader=폭싯, 알PDF, qpdfview, Foliate=폴리에이트, Calibre=캘리버",
    "터미널": "터미널, GNOME Terminal=그놈 터미널, Konsole=콘솔, xterm=엑스텀, Xfce 터미널, Tilix=틸릭스, Terminator=터미네이터, Alacritty=알라크리티, kitty=키티, 명령 프롬프트, Windows PowerShell=파워셸, LXTerminal, PuTTY=퍼티, Tera Term",
    "개발 도구": "Visual Studio Code=비주얼 스튜디오 코드, Eclipse=이클립스, IntelliJ IDEA=인텔리제이, PyCharm=파이참, Qt Creator=큐티 크리에이터, Android Studio=안드로이드 스튜디오, Code::Blocks=코드블록스, KDevelop=케이디벨롭, GNOME Builder, Spyder=스파이더, Thonny=토니, NetBeans=넷빈즈, Xcode=엑스코드, Arduino IDE=아두이노, Jupyter Notebook=주피터, Visual Studio=비주얼 스튜디오",
    "파일 비교 프로그램": "Meld=멜드, KDiff3=케이디프, Beyond Compare=비욘드 컴페어, Kompare, WinMerge=윈머지, xxdiff, Diffuse",
    "계산기": "계산기, GNOME 계산기, KCalc=케이칼크, Galculator, Qalculate!=칼큘레이트, SpeedCrunch=스피드크런치, MATE 계산기",
    "달력": "달력, GNOME 달력, KOrganizer=케이오거나이저, Google 캘린더=구글 캘린더, Orage=오라지, 네이버 캘린더, California, 일정",
    "시계": "시계, GNOME 시계, KAlarm=케이알람, 타이머, 알람 시계, KTimer",
    "메신저": "카카오톡, Telegram Desktop=텔레그램, Discord=디스코드, Slack=슬랙, Pidgin=피진, HexChat=헥스챗, 라인, Element=엘리먼트, Signal=시그널, Microsoft Teams=팀즈, Konversation, Polari, Dino, Gajim=가짐, 네이트온",
    "화상 회의 프로그램": "Zoom=줌, Google Meet=구글 미트, Jitsi Meet=짓시, Webex=웹엑스, Skype=스카이프, 웨일온",
    "압축 프로그램": "File Roller, Ark=아크, Engrampa=엔그램파, 7-Zip=세븐집, 반디집, 알집, WinRAR=윈라, Xarchiver=엑스아카이버, PeaZip=피집, 압축 관리자",
    "토렌트 프로그램": "Transmission=트랜스미션, qBittorrent=큐빗토렌트, Deluge=델루지, KTorrent=케이토렌트, Fragments",
    "내려받기 프로그램": "uGet=유겟, Persepolis, JDownloader=제이다운로더, KGet, Motrix",
    "파일 전송 프로그램": "FileZilla=파일질라, WinSCP=윈에스씨피, gFTP=지에프티피, Cyberduck=사이버덕, 알FTP",
    "암호 관리 프로그램": "KeePassXC=키패스, KeePass, Bitwarden=비트워든, 1Password=원패스워드, LastPass=라스트패스, 암호 및 키, KWalletManager, Seahorse=시호스",
    "가계부 프로그램": "GnuCash=그누캐시, HomeBank=홈뱅크, KMyMoney=케이마이머니, Skrooge, Money Manager Ex, 네이버 가계부, 똑똑가계부",
    "시스템 모니터": "시스템 모니터, KSysGuard, 작업 관리자, htop=에이치톱, Xfce 작업 관리자, MATE 시스템 모니터, System Monitor, Stacer, LXTask",
    "디스크 사용량 분석기": "Baobab=바오밥, 디스크 사용량 분석, Filelight=파일라이트, QDirStat, WinDirStat, GdMap",
    "디스크 관리 프로그램": "디스크, GParted=지파티드, KDE 파티션 관리자, 디스크 관리, GNOME 디스크, balenaEtcher=에처, Rufus=루퍼스",
    "설정 프로그램": "설정, 시스템 설정, 제어판, 제어 센터, Xfce 설정 관리자, 환경 설정, GNOME 트윅스=트윅스, KDE 시스템 설정, dconf 편집기",
    "프로그램 설치 도구": "소프트웨어, GNOME 소프트웨어, Discover=디스커버, Synaptic=시냅틱, 소프트웨어 업데이트, Snap Store, Microsoft Store=마이크로소프트 스토어, App Store=앱 스토어, Flatseal",
    "가상 컴퓨터 프로그램": "VirtualBox=버추얼박스, VMware Workstation=브이엠웨어, Boxes=박스, virt-manager, QEMU=큐에뮤",
    "원격 접속 프로그램": "Remmina=레미나, AnyDesk=애니데스크, TeamViewer=팀뷰어, 원격 데스크톱 연결, Vinagre, RustDesk=러스트데스크",
    "3차원 모델링 프로그램": "Blender=블렌더, FreeCAD=프리캐드, SketchUp=스케치업, OpenSCAD, AutoCAD=오토캐드, LibreCAD=리브레캐드, Ultimaker Cura=큐라",
    "지도 프로그램": "지도, Marble=마블, Google Earth=구글 어스, 네이버 지도, 카카오맵, QGIS=큐지아이에스",
    "게임": "지뢰 찾기, 스도쿠, 솔리테어, SuperTux=슈퍼턱스, 마인크래프트, 체스, 사천성, 오목, 2048, 테트리스, 0 A.D., Frozen Bubble, 카드놀이, GNOME 체스, 스팀, KPatience, Hedgewars, 네 개 잇기",
    "메모 프로그램": "스티커 메모, Tomboy=톰보이, Joplin=조플린, Evernote=에버노트, Notion=노션, Obsidian=옵시디언, Xournal++, GNOME 메모, Simplenote=심플노트, Google Keep=구글 킵, 할 일",
    "문자표 프로그램": "문자표, GNOME 문자, KCharSelect, 이모지 선택기, Gucharmap",
    "글꼴 보기 프로그램": "글꼴 보기, Font Manager=폰트 매니저, FontForge=폰트포지, 글꼴 관리자",
    "날씨 프로그램": "날씨, GNOME 날씨, 기상청 날씨누리, KWeather", "스크린샷 프로그램": "스크린샷, Flameshot=플레임샷, Spectacle=스펙터클, Ksnip, 캡처 도구, Shutter=셔터",
    "화면 녹화 프로그램": "OBS Studio=오비에스, SimpleScreenRecorder, Kazam=카잠, Peek, 반디캠", "카메라 프로그램": "카메라, Cheese=치즈, Kamoso, guvcview", "스캔 프로그램": "문서 스캐너, Simple Scan=심플 스캔, Skanlite, XSane=엑스세인",
    "주소록": "주소록, 연락처, KAddressBook", "백업 프로그램": "Déjà Dup=데자뒤, Timeshift=타임시프트, 백업, BackInTime, Duplicati", "데이터베이스 프로그램": "DBeaver=디비버, LibreOffice Base=베이스, Microsoft Access=액세스, MySQL Workbench=마이에스큐엘 워크벤치, DB Browser for SQLite, pgAdmin",
    "그래프 프로그램": "gnuplot, LabPlot=랩플롯, Veusz, GeoGebra=지오지브라, Scilab, Octave=옥타브", "사전": "사전, GoldenDict=골든딕트, 네이버 사전, StarDict", "마인드맵 프로그램": "FreeMind=프리마인드, XMind=엑스마인드, Freeplane, 알마인드", "회의록 프로그램": "Gobby, 클로바노트", "출판 편집기": "Scribus=스크라이버스, Adobe InDesign=인디자인, QuarkXPress",
    "작업 일정 관리 프로그램": "ProjectLibre, GanttProject=간트프로젝트, Microsoft Project, Trello=트렐로, Jira=지라", "팟캐스트 프로그램": "gPodder=지포더, Podcasts=팟캐스트, 팟빵", "전자책 프로그램": "리디북스, 교보 eBook, FBReader, 밀리의 서재", "백신 프로그램": "ClamTk=클램, V3 Lite=브이쓰리, 알약, Windows 보안",
}  # fmt: skip


def _programs() -> tuple[Program, ...]:
    found = []
    for what, listed in _TABLE.items():
        for entry in listed.split(", "):
            name, _, spoken = entry.partition("=")
            found.append(Program(name, spoken, what))
    return tuple(found)


PROGRAMS = _programs()
BY_WHAT: dict[str, tuple[Program, ...]] = {
    what: tuple(p for p in PROGRAMS if p.what == what) for what in _TABLE
}
PAGE_PROGRAMS: dict[str, tuple[str, ...]] = {
    "files": ("파일 관리자",), "spreadsheet": ("스프레드시트",), "editor": ("텍스트 편집기", "문서 편집기"), "terminal": ("터미널",), "mail": ("메일 프로그램",),
    "chat": ("메신저",), "music": ("음악 재생기",), "monitor": ("시스템 모니터",), "calculator": ("계산기",), "calendar": ("달력",), "game": ("게임",), "viewer": ("사진 보기 프로그램", "문서 보기 프로그램"), "compared": ("파일 비교 프로그램",), "transfer": ("파일 전송 프로그램",),
    "archive": ("압축 프로그램",), "code": ("개발 도구", "텍스트 편집기"), "passwords": ("암호 관리 프로그램",), "money": ("가계부 프로그램",), "slides": ("발표 자료 프로그램",), "control": ("설정 프로그램",),
    "disk": ("디스크 사용량 분석기",), "store": ("프로그램 설치 도구",), "reader": ("문서 보기 프로그램",), "clock": ("시계",),
}  # fmt: skip
"""page → what programs show it"""
WEB_PAGES = (
    "shop",
    "product",
    "news",
    "bank",
    "timetable",
    "signup",
    "board",
    "weather",
    "blocked",
    "trains",
    "school",
)
