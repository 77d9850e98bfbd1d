// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maskeditor/maskviewaccess.h"

#include "ui/maskeditor/maskview.h"

#include <QAccessible>
#include <QAccessibleWidget>

namespace novita {

namespace {

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *view = qobject_cast<MaskView *>(object);
    return view ? new QAccessibleWidget(view, QAccessible::Canvas) : nullptr;
}

} // namespace

void installMaskViewAccess()
{
    // Qt keeps one entry for the same function.
    QAccessible::installFactory(&makeInterface);
}

} // namespace novita
