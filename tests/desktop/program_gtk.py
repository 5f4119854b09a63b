"""A Korean settings window in GTK 3 or 4, for the accessibility reader. Run by the system's Python: version, x, y."""

import sys

import gi

VERSION, X, Y = (int(word) for word in sys.argv[1:])
gi.require_version("Gtk", f"{VERSION}.0")
from gi.repository import GLib, Gtk  # noqa: E402


def page3() -> Gtk.Widget:
    box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=6)
    on, off = Gtk.CheckButton(label="알림 받기"), Gtk.CheckButton(label="자동 저장")
    on.set_active(True)
    name, secret = Gtk.Entry(), Gtk.Entry()
    name.set_text("홍길동")
    secret.set_text("비밀1234")
    secret.set_visibility(False)
    save, delete, bold = Gtk.Button(label="저장"), Gtk.Button(label="삭제"), Gtk.ToggleButton(label="굵게")
    delete.set_sensitive(False)
    bold.set_active(True)
    store = Gtk.ListStore(str, str)
    for row in (("1월", "12,000원"), ("3월", "45,500원")):
        store.append(row)
    table = Gtk.TreeView(model=store)
    for number, title in enumerate(["월", "금액"]):
        table.append_column(Gtk.TreeViewColumn(title, Gtk.CellRendererText(), text=number))
    for one in (on, off, name, secret, save, delete, bold, table, Gtk.Label(label="마지막 저장: 3월 2일")):
        box.add(one)
    return box


def window3() -> None:
    window = Gtk.Window(title="설정 셋")
    window.set_default_size(420, 420)
    window.move(X, Y)
    book = Gtk.Notebook()
    book.append_page(page3(), Gtk.Label(label="일반"))
    book.append_page(Gtk.Label(label="둘째 쪽의 말"), Gtk.Label(label="고급"))
    window.add(book)
    window.show_all()
    Gtk.main()


def window4() -> None:
    def start(app: Gtk.Application) -> None:
        window = Gtk.ApplicationWindow(application=app, title="설정 넷")
        box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
        on = Gtk.CheckButton(label="알림 받기")
        on.set_active(True)
        for one in (on, Gtk.Button(label="저장"), Gtk.Label(label="마지막 저장")):
            box.append(one)
        window.set_child(box)
        window.present()

    app = Gtk.Application(application_id="io.github.nunchi_desktop.Test")
    app.connect("activate", start)
    app.run()


GLib.set_prgname("설정")
window3() if VERSION == 3 else window4()
