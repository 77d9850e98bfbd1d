// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QList>
#include <QString>
#include <QWidget>

namespace novita {

/// What a screen reader calls so below `root`; nullptr when there is none.
template<typename Widget>
Widget *findNamed(const QWidget &root, const QString &accessibleName)
{
    for (Widget *one : root.findChildren<Widget *>()) {
        if (one->accessibleName() == accessibleName)
            return one;
    }
    return nullptr;
}

/// The action of `actions` that reads so; nullptr when there is none.
inline QAction *findAction(const QList<QAction *> &actions, const QString &text)
{
    for (QAction *one : actions) {
        if (one->text() == text)
            return one;
    }
    return nullptr;
}

} // namespace novita
