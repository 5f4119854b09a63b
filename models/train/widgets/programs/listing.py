"""Which programs are recorded, none of them among the validation screens' (tests/screens/README.md).

packages.txt names the Debian packages.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Program:
    """A program of Debian's. `command` is run in a shell in a home folder full of `content.write_content`'s files."""

    name: str
    toolkit: str
    """gtk3 (or 2), gtk4 or qt5"""
    command: str = ""
    before: tuple[str, ...] = ()
    """commands to run first, such as settings"""
    more: dict[str, float] = field(default_factory=dict)
    """kinds of steps (`walking.WEIGHTS`) that are worth more or less here"""
    unworded: bool = False
    """has no catalogue; its interface files get our words"""
    wait: float = 25.0
    """seconds until a window must have come"""

    @property
    def held(self) -> bool:
        return self.name in HELD

    @property
    def run(self) -> str:
        return self.command or self.name

    @property
    def binary(self) -> str:
        return next(word for word in self.run.split() if "=" not in word)


ASKED = "--column=고름 --column=이름 --column=뜻 FALSE 가을 '낙엽 쓸기' TRUE 겨울 '눈 치우기' FALSE 봄 '씨 뿌리기' TRUE 여름 '물 주기'"
TABS, ROWS, MARKS = {"tab": 2.5}, {"row": 2.0}, {"mark": 2.0}


def gtk3(*names: str) -> list[Program]:
    return [Program(name, "gtk3") for name in names]


def qt5(*names: str) -> list[Program]:
    return [Program(name, "qt5") for name in names]


PROGRAMS: tuple[Program, ...] = (
    *gtk3(
        "mate-calc", "xfburn", "xfce4-taskmanager", "catfish", "xfce4-appfinder", "xfce4-notifyd-config",
        "xfce4-screenshooter", "xfce4-dict", "gigolo", "mate-dictionary", "mate-screenshot", "mate-system-log",
        "mate-appearance-properties", "mate-keyboard-properties", "mate-mouse-properties", "mate-window-properties",
        "mate-default-applications-properties", "mate-system-monitor", "gnome-dictionary", "gnome-tweaks", "devhelp",
        "seahorse", "simple-scan", "gucharmap", "gnome-chess", "hitori", "five-or-more", "swell-foop", "tali", "gnome-tetravex",
        "gnome-klotski", "lightsoff", "four-in-a-row", "gnome-robots", "system-config-printer", "alacarte",
        "lxappearance", "lxinput", "lxrandr", "obconf", "iagno", "gcolor3", "gpick", "gnote", "grisbi",
        "onboard-settings", "bleachbit", "gtkhash", "grsync", "soundconverter", "shotwell",
        "claws-mail", "qalculate-gtk", "ibus-setup", "rednotebook", "cherrytree", "exfalso", "pragha", "parole",
        "gramps", "virt-manager", "uget-gtk", "drawing", "celluloid", "glabels-3", "dia",
    ),
    *gtk3(
        "remmina", "gnome-nettool", "balsa", "pan", "hardinfo", "pdfarranger", "psensor", "lollypop", "gnome-nibbles",
        "quadrapassel", "sol", "font-manager", "gnome-commander", "gnome-subtitles", "mate-power-preferences",
        "mate-keybinding-properties", "mate-display-properties",
        "mate-network-properties", "mate-font-viewer", "mate-about-me",         "mugshot", "xfce4-panel-profiles", "timeshift-gtk",
    ),
    Program("epiphany-browser", "gtk3", "epiphany-browser 쪽.html 글.txt 꾸러미.xml", more=TABS),
    Program("zenity-list", "gtk3", f"zenity --list --width=500 --height=400 --checklist {ASKED}"),
    Program("zenity-radio", "gtk3", f"zenity --list --width=500 --height=400 --radiolist {ASKED}"),
    Program("zenity-forms", "gtk3", "zenity --forms --add-entry=이름 --add-combo=고르기 --combo-values='하나|둘|셋' --add-calendar=날"),
    Program("mate-search-tool", "gtk3", "mate-search-tool --path=. --named=a --start"),
    Program("gnome-font-viewer", "gtk4"),
    Program("xarchiver", "gtk3", "xarchiver 묶음.zip", more=ROWS),
    Program("eom", "gtk3", "eom 사진"),
    Program("mate-terminal", "gtk3", "mate-terminal --tab --tab --tab --profile=x", more=TABS),
    Program("gnome-terminal", "gtk3", "gnome-terminal --tab --tab -- sh", more=TABS),
    Program("lxterminal", "gtk3", "lxterminal --tabs=가나,다라,마바", more=TABS),
    Program("sakura", "gtk3", "sakura -n 4", more=TABS),
    Program("terminator", "gtk3"),
    Program("tilix", "gtk3"),
    Program("xfwm4-settings", "gtk3"), Program("xfwm4-tweaks-settings", "gtk3"), Program("xfwm4-workspace-settings", "gtk3"),
    Program("xfce4-appearance-settings", "gtk3"), Program("xfce4-accessibility-settings", "gtk3"),
    Program("xfce4-mime-settings", "gtk3", more=ROWS), Program("xfce4-session-settings", "gtk3"),
    Program("xfce4-power-manager-settings", "gtk3"),
    Program("dconf-editor", "gtk3", more=ROWS | MARKS, before=("gsettings set ca.desrt.dconf-editor.Settings show-warning false",)),
    Program("ghex", "gtk4", "ghex 글.txt"),
    Program("glade", "gtk3", more=TABS),
    Program("spacefm", "gtk3", more=TABS | ROWS),
    Program("l3afpad", "gtk3", "l3afpad 글.txt"),
    Program("bluefish", "gtk3", "bluefish 글.txt '둘째 글.txt' 꾸러미.xml 표.csv", more=TABS),
    Program("abiword", "gtk3", "abiword 글.txt"),
    Program("gthumb", "gtk3", "gthumb 사진"),
    Program("geeqie", "gtk3", "geeqie 사진"),
    Program("gpicview", "gtk3", "gpicview 그림.png"), Program("viewnior", "gtk3", "viewnior 그림.png"),
    Program("easytag", "gtk3", "easytag 음악", more=ROWS),
    Program("gdebi-gtk", "gtk3"),
    Program("gtk3-widget-factory", "gtk3", unworded=True),
    Program("gtk4-widget-factory", "gtk4", unworded=True), Program("adwaita-1-demo", "gtk4", unworded=True),
    Program("nautilus", "gtk4", "nautilus 문서", more=ROWS | TABS), Program("gnome-control-center", "gtk4", more=ROWS | MARKS),
    *[Program(name, "gtk4") for name in ("deja-dup", "gnome-power-statistics", "dialect", "metadata-cleaner", "secrets", "gnome-connections")],
    Program("kgx", "gtk4", "kgx --tab", more=TABS), Program("gnome-logs", "gtk4"), Program("gnome-weather", "gtk4"),
    Program("gnome-sound-recorder", "gtk4"), Program("endeavour", "gtk4"),
    *qt5(
        "kcharselect", "kmines", "kfind", "kmousetool", "sweeper", "kgpg", "kwalletmanager5", "filelight", "konversation",
        "juk", "kalgebra", "kbruch", "kgeography", "kig", "kmplot", "kpat", "ksudoku",
        "ksystemlog", "ktimer", "ktorrent", "kwordquiz", "lokalize", "parley", "skanlite", "krusader",
        "lxqt-config", "lxqt-config-appearance", "lxqt-config-input", "lxqt-config-session", "lxqt-config-notificationd",
        "lxqt-config-powermanagement", "lxqt-config-monitor", "lxqt-config-locale", "obconf-qt",
        "pavucontrol-qt", "screengrab", "kvantummanager", "kbackup", "kompare", "kdiff3", "krename",
        "smplayer", "qpdfview",
    ),
    *qt5("focuswriter", "quiterss", "texstudio", "kid3-qt", "krdc", "krfb", "kmix", "audacious", "klettres", "kiten", "kontrast",
         "cervisia", "kimagemapeditor"),
    Program("flameshot", "qt5", "flameshot config", more=MARKS),
    Program("falkon", "qt5", "QTWEBENGINE_DISABLE_SANDBOX=1 falkon 쪽.html", more=TABS),
    Program("kwrite", "qt5", "kwrite 글.txt '둘째 글.txt' 표.csv", more=TABS),
    Program("spectacle", "qt5"), Program("kolourpaint", "qt5", "kolourpaint 그림.png"),
    Program("okteta", "qt5", "okteta 글.txt '둘째 글.txt'", more=TABS),
    Program("calligrasheets", "qt5", "calligrasheets 표.csv", more=TABS), Program("calligrawords", "qt5", "calligrawords 글.txt"),
    Program("pcmanfm-qt", "qt5", "pcmanfm-qt 문서", more=ROWS | TABS),
    Program("qterminal", "qt5", more=TABS), Program("lximage-qt", "qt5", "lximage-qt 사진"),
    Program("lxqt-archiver", "qt5", "lxqt-archiver 묶음.zip", more=ROWS),
    Program("yakuake", "qt5"),
)  # fmt: skip

HELD = frozenset(
    {
        "pcmanfm-qt", "mate-mouse-properties", "xfwm4-settings", "gnome-tweaks", "lxterminal", "claws-mail", "seahorse",
        "kwrite", "ktorrent", "kcharselect", "lxqt-config-appearance", "gtk4-widget-factory", "ghex", "gpick", "kfind",
    }
)  # fmt: skip
"""programs kept out of training, to choose steps and thresholds by"""
