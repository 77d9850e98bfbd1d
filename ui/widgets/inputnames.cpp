// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/inputnames.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>

namespace novita {

namespace {

/// The hidden label that nameInput() has made.
QLabel *labelBeside(QWidget *input)
{
    const QString object = QStringLiteral("inputName");
    const QList<QLabel *> labels = input->parentWidget()->findChildren<QLabel *>(object, Qt::FindDirectChildrenOnly);
    for (QLabel *label : labels) {
        if (label->buddy() == input)
            return label;
    }
    auto *label = new QLabel(input->parentWidget());
    label->setObjectName(object);
    label->setTextFormat(Qt::PlainText);
    label->setBuddy(input);
    label->hide();
    return label;
}

} // namespace

void nameInput(QWidget *input, const QString &name)
{
    input->setAccessibleName(name);
    if (qobject_cast<QComboBox *>(input) && input->parentWidget())
        labelBeside(input)->setText(name);
    if (auto *inside = input->findChild<QLineEdit *>(QString(), Qt::FindDirectChildrenOnly))
        inside->setAccessibleName(name);
}

} // namespace novita
