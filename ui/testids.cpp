// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/testids.h"

#include <QApplication>
#include <QEvent>
#include <QWidget>

namespace novita {

namespace {

class TestIdFilter final : public QObject
{
public:
    using QObject::QObject;

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Show && watched->isWidgetType() && !watched->objectName().isEmpty()
            && !watched->objectName().startsWith(QLatin1String("qt_"))) {
            auto *widget = static_cast<QWidget *>(watched);
            const QString id = QLatin1Char('#') + widget->objectName();
            if (!widget->accessibleDescription().endsWith(id))
                widget->setAccessibleDescription((widget->accessibleDescription() + QLatin1Char(' ') + id).trimmed());
        }
        return false;
    }
};

} // namespace

void installTestIds(QApplication &application)
{
    if (qEnvironmentVariableIsSet("NOVITA_TEST_IDS"))
        application.installEventFilter(new TestIdFilter(&application));
}

} // namespace novita
