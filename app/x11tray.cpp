// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/x11tray.h"

#include <QByteArray>
#include <QGuiApplication>

#if QT_CONFIG(xcb)
#include <xcb/xcb.h>

#include <cstdlib>
#include <memory>
#endif

namespace novita {

#if QT_CONFIG(xcb)

namespace {

template<typename Reply>
std::unique_ptr<Reply, decltype(&std::free)> owned(Reply *reply)
{
    return {reply, &std::free};
}

xcb_connection_t *connection()
{
    const auto *x11 = qGuiApp ? qGuiApp->nativeInterface<QNativeInterface::QX11Application>() : nullptr;
    return x11 ? x11->connection() : nullptr;
}

} // namespace

bool isOnX11()
{
    return connection() != nullptr;
}

bool x11TrayExists()
{
    xcb_connection_t *x = connection();
    if (!x)
        return false;
    char *host = nullptr;
    int display = 0;
    int screen = 0;
    xcb_parse_display(nullptr, &host, &display, &screen);
    std::free(host);
    const QByteArray name = "_NET_SYSTEM_TRAY_S" + QByteArray::number(screen);
    const auto atom = owned(xcb_intern_atom_reply(x, xcb_intern_atom(x, 1, static_cast<uint16_t>(name.size()), name.constData()), nullptr));
    if (!atom || atom->atom == XCB_ATOM_NONE)
        return false;
    const auto owner = owned(xcb_get_selection_owner_reply(x, xcb_get_selection_owner(x, atom->atom), nullptr));
    return owner && owner->owner != XCB_WINDOW_NONE;
}

#else

bool isOnX11()
{
    return false;
}

bool x11TrayExists()
{
    return false;
}

#endif

} // namespace novita
