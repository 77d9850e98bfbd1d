// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/zoomviewaccess.h"

#include "ui/gallery/zoomview.h"

#include <QAccessible>
#include <QAccessibleWidget>

namespace novita {

namespace {

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *view = qobject_cast<ZoomView *>(object);
    return view ? new QAccessibleWidget(view, QAccessible::Graphic) : nullptr;
}

} // namespace

void installZoomViewAccess()
{
    // Qt keeps one entry for the same function.
    QAccessible::installFactory(&makeInterface);
}

} // namespace novita
