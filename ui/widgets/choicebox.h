// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

class QComboBox;

namespace novita {

struct Stores;

/// An entry of a combo box that stands for something with an id.
struct Choice
{
    QString id;
    QString words;
};

/// Fills `box` with `choices`, in front of them `none` with an empty id (left out when it is empty text), and puts `chosen` in
/// front of the eye; one that is not offered is shown by its id. An open list stays open when nothing differs.
void fillChoices(QComboBox *box, const QString &none, QList<Choice> choices, const QString &chosen);

/// The registry credentials as "name (user)".
QList<Choice> credentialChoices(const Stores &stores);

} // namespace novita
