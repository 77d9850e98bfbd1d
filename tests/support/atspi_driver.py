#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""atspi_driver.py - headless GUI acceptance driver for Qt 6 / GTK apps (Debian 12: python3-pyatspi/gir Atspi-2.0,
xvfb, openbox, at-spi2-core, dbus, xdotool, imagemagick).  MUST be run with /usr/bin/python3 (gi is a Debian package).

    from atspi_driver import Session
    with Session(size="1280x800", keyring=True) as s:
        app = s.launch(["./myapp", "--flag"])
        app.find(role="push button", name="Create instance").click()
        app.find(id="filterEdit").type("gpu-00")
        rows = app.find(role="table", name="Instances").table().rows(limit=20)
        s.screenshot("out.png")

CLI:  atspi_driver.py [--dump] [--shot F] [--wait S] [--keyring] -- cmd args...

Everything is private: own D-Bus session bus, own a11y bus, own Xvfb display, own XDG dirs; only processes started here
are ended (by pid).  One Session per Python process (libatspi binds to one bus).  find() re-queries until timeout, caches
nothing, never descends into item views (tables with 100k rows), and tolerates widgets disappearing mid-walk."""
import os, re, shutil, signal, subprocess, sys, tempfile, time

ITEM_VIEWS = {"table", "tree table", "tree", "list", "list box"}

class NotFound(AssertionError): pass

def _wait(pred, timeout, what, interval=0.05):
    end = time.monotonic() + timeout; last = None
    while True:
        try:
            v = pred()
            if v: return v
        except Exception as e: last = e          # GLib.Error for defunct objects etc.: retry
        if time.monotonic() > end: raise NotFound(f"timeout {timeout}s waiting for {what}" + (f" (last: {last!r})" if last else ""))
        time.sleep(interval)

class Session:
    def __init__(self, size="1280x800", keyring=False, wm=True, env=None, keep=False, network=True):
        self.size, self.keyring, self.wm, self.keep = size, keyring, wm, keep
        self.extra_env = env or {}; self.procs = []; self.apps = []
    # ---- life cycle
    def __enter__(self):
        try: self._start(); return self
        except BaseException: self.close(); raise
    def __exit__(self, *a): self.close()
    def _spawn(self, cmd, **kw):
        kw.setdefault("stdout", self.log); kw.setdefault("stderr", self.log)
        p = subprocess.Popen(cmd, env=self.env, start_new_session=True, **kw); self.procs.append(p); return p
    def _start(self):
        self.dir = tempfile.mkdtemp(prefix="atspi."); self.log = open(os.path.join(self.dir, "session.log"), "wb")
        e = self.env = dict(os.environ)
        for k in ("DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL", "DISPLAY", "XAUTHORITY", "QT_QPA_PLATFORM", "QT_STYLE_OVERRIDE", "SESSION_MANAGER"): e.pop(k, None)
        for k in ("config", "data", "cache", "state", "run"):
            os.makedirs(os.path.join(self.dir, k), mode=0o700)
        e.update(HOME=self.dir, XDG_CONFIG_HOME=self.dir + "/config", XDG_DATA_HOME=self.dir + "/data", XDG_CACHE_HOME=self.dir + "/cache",
                 XDG_STATE_HOME=self.dir + "/state", XDG_RUNTIME_DIR=self.dir + "/run", XDG_SESSION_TYPE="x11",
                 QT_QPA_PLATFORM="xcb", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", QT_ACCESSIBILITY="1", GTK_MODULES="gail:atk-bridge",
                 QT_SCALE_FACTOR="1", QT_XCB_GL_INTEGRATION="none", LANG="C.UTF-8", LC_ALL="C.UTF-8", NO_AT_BRIDGE="0")
        e.update(self.extra_env)
        # X server: let it choose a free display number
        r, w = os.pipe()
        self._spawn(["Xvfb", "-displayfd", str(w), "-screen", "0", self.size + "x24", "-nolisten", "tcp", "-noreset", "+extension", "RANDR"], pass_fds=(w,))
        os.close(w); num = b""
        while not num.endswith(b"\n"):
            c = os.read(r, 16)
            if not c: raise RuntimeError("Xvfb did not start: see " + self.dir + "/session.log")
            num += c
        os.close(r); e["DISPLAY"] = ":" + num.decode().strip()
        # private session bus
        p = self._spawn(["dbus-daemon", "--session", "--nofork", "--print-address=1", "--address=unix:path=" + self.dir + "/run/bus"], stdout=subprocess.PIPE)
        e["DBUS_SESSION_BUS_ADDRESS"] = p.stdout.readline().decode().strip()
        if not e["DBUS_SESSION_BUS_ADDRESS"]: raise RuntimeError("dbus-daemon failed")
        # accessibility bus (started explicitly, not lazily) and "a screen reader is there" flags
        self._spawn(["/usr/libexec/at-spi-bus-launcher", "--launch-immediately"])
        _wait(lambda: subprocess.run(["gdbus", "call", "--session", "-d", "org.a11y.Bus", "-o", "/org/a11y/bus", "-m", "org.a11y.Bus.GetAddress"], env=e, capture_output=True, timeout=5).returncode == 0, 10, "a11y bus")
        for prop in ("IsEnabled", "ScreenReaderEnabled"):
            subprocess.run(["gdbus", "call", "--session", "-d", "org.a11y.Bus", "-o", "/org/a11y/bus", "-m", "org.freedesktop.DBus.Properties.Set", "org.a11y.Status", prop, "<true>"], env=e, capture_output=True, timeout=5)
        if self.wm:
            self._spawn(["openbox", "--sm-disable"])
            _wait(lambda: "_NET_SUPPORTING_WM_CHECK(WINDOW)" in subprocess.run(["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], env=e, capture_output=True, text=True).stdout if shutil.which("xprop") else time.sleep(.5) or True, 10, "window manager")
        if self.keyring:
            pw = self.keyring if isinstance(self.keyring, str) else "testpw"
            self._spawn(["gnome-keyring-daemon", "--unlock", "--foreground", "--components=secrets"], stdin=subprocess.PIPE)
            k = self.procs[-1]; k.stdin.write(pw.encode()); k.stdin.close()
            g = ["gdbus", "call", "--session", "-d"]; run = lambda *a: subprocess.run(g + list(a), env=e, capture_output=True, text=True, timeout=5).stdout
            # wait for the NAME first: any call to org.freedesktop.secrets would bus-activate a second, locked daemon (race seen 1 in 8)
            _wait(lambda: "true" in run("org.freedesktop.DBus", "-o", "/org/freedesktop/DBus", "-m", "org.freedesktop.DBus.NameHasOwner", "org.freedesktop.secrets"), 10, "keyring name")
            _wait(lambda: "/collection/" in run("org.freedesktop.secrets", "-o", "/org/freedesktop/secrets", "-m", "org.freedesktop.Secret.Service.ReadAlias", "default"), 10, "keyring")
        os.environ.update({k: e[k] for k in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS")}); os.environ.pop("AT_SPI_BUS_ADDRESS", None)
        global Atspi, GLib
        import gi; gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi, GLib
        Atspi.init(); Atspi.set_timeout(3000, 15000)
    def close(self):
        for p in reversed(self.apps + self.procs):
            for sig in (signal.SIGTERM, signal.SIGKILL):
                if p.poll() is not None: break
                try: os.killpg(p.pid, sig)
                except ProcessLookupError: break
                try: p.wait(3)
                except subprocess.TimeoutExpired: pass
        if getattr(self, "log", None): self.log.close()
        if not self.keep and getattr(self, "dir", None): shutil.rmtree(self.dir, ignore_errors=True)
    # ---- apps
    def launch(self, cmd, timeout=30, env=None, cwd=None, log=None):
        e = dict(self.env, **(env or {})); t = time.monotonic()
        out = open(log, "wb") if log else self.log
        p = subprocess.Popen(cmd, env=e, cwd=cwd, stdout=out, stderr=subprocess.STDOUT, start_new_session=True); self.apps.append(p)
        def probe():
            if p.poll() is not None: raise SystemExit(f"application ended rc={p.returncode} before showing itself; log {log or self.log.name}")
            for pid in self._tree(p.pid):
                a = self._app_by_pid(pid)
                if a and a.get_child_count() > 0: return a
        acc = _wait(probe, timeout, f"AT-SPI registration of {cmd[0]}")
        app = Node(acc, self); app.process = p; app.startup_s = time.monotonic() - t; return app
    def _tree(self, pid):
        out = [pid]
        try:
            for t in os.listdir(f"/proc/{pid}/task"):
                for c in open(f"/proc/{pid}/task/{t}/children").read().split(): out += self._tree(int(c))
        except OSError: pass
        return out
    def _app_by_pid(self, pid):
        d = Atspi.get_desktop(0); d.clear_cache()
        for i in range(d.get_child_count()):
            try:
                a = d.get_child_at_index(i)
                if a and a.get_process_id() == pid: return a
            except GLib.Error: pass
    # ---- raw input / output
    def x(self, *args, check=True):
        return subprocess.run(["xdotool", *map(str, args)], env=self.env, check=check, capture_output=True, text=True, timeout=30).stdout
    def key(self, *keys): self.x("key", "--clearmodifiers", *keys)
    def type_keys(self, text, delay=8): self.x("type", "--clearmodifiers", "--delay", delay, "--", text)
    def mouse_click(self, x, y, button=1, repeat=1):
        # no --sync: xdotool blocks ~15 s when the pointer is already there
        self.x("mousemove", int(x), int(y), "sleep", "0.02", "click", "--repeat", repeat, "--delay", 60, button)
    def screenshot(self, path, window=None):
        wid = "root"
        if window:
            ids = self.x("search", "--onlyvisible", "--name", window).split(); wid = ids[-1]
        subprocess.run(["import", "-window", wid, path], env=self.env, check=True, timeout=30); return path

class Node:
    """One accessible. role/name/id/text/value/states + find, click, type, table."""
    def __init__(self, acc, s): self.acc, self.s = acc, s
    def __repr__(self):
        try: return f"<{self.role} {self.name!r} id={self.id!r}>"
        except Exception: return "<defunct>"
    @property
    def role(self): return self.acc.get_role_name()
    @property
    def name(self): return self.acc.get_name() or ""
    @property
    def description(self): return self.acc.get_description() or ""
    @property
    def id(self):                       # AccessibleId (Qt >= 6.9 / GTK4); Qt 6.4 exposes none, see the description hook
        try:
            v = self.acc.get_accessible_id()
            if v: return v
        except Exception: pass
        m = re.search(r"#([\w./-]+)$", self.description)   # Qt 6.4: app run with its test-id hook (description ends in #objectName)
        return m.group(1) if m else self.attributes.get("id", "")
    @property
    def label(self):                    # text of the QLabel buddy / LABELLED_BY relation (Qt combo boxes: name is the current text)
        try:
            for r in self.acc.get_relation_set():
                if r.get_relation_type() == Atspi.RelationType.LABELLED_BY:
                    return " ".join((r.get_target(i).get_name() or "") for i in range(r.get_n_targets()))
        except Exception: pass
        return ""
    @property
    def attributes(self):
        try: return dict(self.acc.get_attributes() or {})
        except Exception: return {}
    @property
    def states(self):
        st = self.acc.get_state_set(); return {x.value_nick for x in st.get_states()}
    def has(self, state): return state in self.states
    @property
    def text(self):
        t = self.acc.get_text_iface()
        return Atspi.Text.get_text(t, 0, Atspi.Text.get_character_count(t)) if t else self.name
    @property
    def value(self):
        v = self.acc.get_value_iface(); return Atspi.Value.get_current_value(v) if v else None
    @property
    def extents(self):
        r = Atspi.Component.get_extents(self.acc.get_component_iface(), Atspi.CoordType.SCREEN); return r.x, r.y, r.width, r.height
    @property
    def showing(self):
        st = self.states; return "showing" in st and "visible" in st
    def children(self):
        self.acc.clear_cache(); out = []
        for i in range(self.acc.get_child_count()):
            try:
                c = self.acc.get_child_at_index(i)
                if c is not None: out.append(Node(c, self.s))
            except GLib.Error: pass
        return out
    def walk(self, into_views=False, depth=0, maxdepth=40):
        yield self, depth
        if depth >= maxdepth or (not into_views and depth and self.role in ITEM_VIEWS): return
        for c in self.children():
            try: yield from c.walk(into_views, depth + 1, maxdepth)
            except GLib.Error: pass
    def _match(self, role, name, id, pred, showing, label=None):
        def m(pat, val):
            return pat is None or (pat.search(val) is not None if isinstance(pat, re.Pattern) else pat == val)
        if not m(role, self.role) or not m(name, self.name): return False
        if label is not None and not m(label, self.label): return False
        if id is not None:
            v = self.id
            if not (m(id, v) or (isinstance(id, str) and v.split(".")[-1] == id)): return False
        return (not showing or self.showing) and (pred is None or pred(self))
    def find_all(self, role=None, name=None, id=None, pred=None, showing=True, into_views=False, label=None):
        out = []
        for n, d in self.walk(into_views):
            try:
                if d and n._match(role, name, id, pred, showing, label): out.append(n)
            except GLib.Error: pass
        return out
    def find(self, role=None, name=None, id=None, pred=None, showing=True, timeout=8, nth=0, into_views=False, label=None):
        def q():
            r = self.find_all(role, name, id, pred, showing, into_views, label); return r[nth] if len(r) > nth else None
        try: return _wait(q, timeout, f"widget role={role!r} name={name!r} id={id!r} label={label!r}")
        except NotFound as e: raise NotFound(f"{e}\n--- tree ---\n{self.dump()}") from None
    def gone(self, timeout=8, **kw): return _wait(lambda: not self.find_all(**kw), timeout, f"disappearance of {kw}")
    def wait(self, pred, timeout=8, what="condition"): return _wait(lambda: pred(self), timeout, what)
    def dump(self, into_views=False):
        L = []
        for n, d in self.walk(into_views):
            try: L.append("  " * d + f"[{n.role}] {n.name!r} id={n.id!r}" + ("" if n.showing else " (hidden)") + (f" label={n.label!r}" if n.label else "") + (f" desc={n.description!r}" if n.description else ""))
            except GLib.Error as e: L.append("  " * d + f"<{e.message}>")
        return "\n".join(L)
    # ---- acting
    def actions(self):
        a = self.acc.get_action_iface(); return [Atspi.Action.get_action_name(a, i) for i in range(Atspi.Action.get_n_actions(a))] if a else []
    def do(self, action):
        """Invoke an accessible action. Blocks while a slot runs a nested modal loop (menus -> dialogs): use click() there."""
        a = self.acc.get_action_iface(); names = self.actions(); i = [n.lower() for n in names].index(action.lower())
        return Atspi.Action.do_action(a, i)
    def click(self, how="mouse", button=1, repeat=1):
        if how == "action":
            for n in ("Press", "click", "Toggle", "ShowMenu"):
                if n.lower() in [a.lower() for a in self.actions()]: return self.do(n)
            raise AssertionError(f"{self!r} has no press action: {self.actions()}")
        x, y, w, h = _wait(lambda: (lambda e: e if e[2] > 0 and e[3] > 0 else None)(self.extents), 5, "extents")
        self.s.mouse_click(x + (min(w, 24) / 2 if self.role in ("check box", "radio button") else w / 2), y + h / 2, button, repeat)
    def double_click(self): self.click(repeat=2)
    def focus(self):
        Atspi.Component.grab_focus(self.acc.get_component_iface()); return self
    def type(self, text, clear=True):
        """Real key events into the widget; verifies the result for text widgets, falls back to EditableText once."""
        self.click()
        if clear: self.s.key("ctrl+a"); self.s.key("Delete")
        self.s.type_keys(text)
        if self.acc.get_text_iface() and clear and self.role != "password text":
            try: _wait(lambda: self.text.rstrip("\n") == text, 3, "typed text")
            except NotFound: self.set_text(text)
        return self
    def set_text(self, text):
        Atspi.EditableText.set_text_contents(self.acc.get_editable_text_iface(), text); return self
    def table(self): return Table(self)

class Table:
    def __init__(self, node):
        self.n = node; self.t = node.acc.get_table_iface()
        if self.t is None: raise AssertionError(f"{node!r} has no table interface")
    @property
    def nrows(self): self.n.acc.clear_cache(); return Atspi.Table.get_n_rows(self.t)
    @property
    def ncols(self): return Atspi.Table.get_n_columns(self.t)
    def header(self): return [Atspi.Table.get_column_description(self.t, c) for c in range(self.ncols)]
    def cell(self, r, c): return Node(Atspi.Table.get_accessible_at(self.t, r, c), self.n.s)
    def row(self, r): return [self.cell(r, c).name for c in range(self.ncols)]
    def rows(self, limit=100, start=0): return [self.row(r) for r in range(start, min(self.nrows, start + limit))]
    def find_row(self, value, col=0, limit=2000):
        for r in range(min(self.nrows, limit)):
            if self.cell(r, col).name == value: return r
        raise NotFound(f"row {value!r}")
    def select_row(self, r): return Atspi.Table.add_row_selection(self.t, r)
    def click_cell(self, r, c=0, **kw): return self.cell(r, c).click(**kw)

if __name__ == "__main__":
    import argparse
    ap = argparse.ArgumentParser(); ap.add_argument("--dump", action="store_true"); ap.add_argument("--shot"); ap.add_argument("--wait", type=float, default=0.5)
    ap.add_argument("--keyring", action="store_true"); ap.add_argument("--size", default="1280x800"); ap.add_argument("cmd", nargs=argparse.REMAINDER)
    o = ap.parse_args(); cmd = o.cmd[1:] if o.cmd[:1] == ["--"] else o.cmd
    with Session(size=o.size, keyring=o.keyring) as s:
        app = s.launch(cmd); print(f"registered after {app.startup_s*1000:.0f} ms", file=sys.stderr); time.sleep(o.wait)
        if o.dump: print(app.dump())
        if o.shot: print(s.screenshot(o.shot))
