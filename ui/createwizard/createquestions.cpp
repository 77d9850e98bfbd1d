// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/createquestions.h"

#include <QCoreApplication>

namespace novita::createquestions {

namespace {

QString say(const char *source)
{
    return QCoreApplication::translate("CreateQuestions", source);
}

} // namespace

ConfirmRequest inProduction(const QString &name, const QString &profileName, const QString &price)
{
    ConfirmRequest request;
    request.title = say(QT_TRANSLATE_NOOP("CreateQuestions", "Create %1 in production?")).arg(name);
    request.text = say(QT_TRANSLATE_NOOP("CreateQuestions", "%1 is a production profile. This costs %2.")).arg(profileName, price);
    request.confirmLabel = say(QT_TRANSLATE_NOOP("CreateQuestions", "Create %1")).arg(name);
    request.destructive = false;
    return request;
}

ConfirmRequest again(const QString &name, const QString &price)
{
    ConfirmRequest request;
    request.title = say(QT_TRANSLATE_NOOP("CreateQuestions", "Create %1 again?")).arg(name);
    request.text = say(QT_TRANSLATE_NOOP("CreateQuestions", "If the first one was created after all, there will be two, and both cost money. The new one costs %1.")).arg(price);
    request.confirmLabel = say(QT_TRANSLATE_NOOP("CreateQuestions", "Create again"));
    return request;
}

ConfirmRequest discard(const QString &unsettledName)
{
    ConfirmRequest request;
    request.title = say(QT_TRANSLATE_NOOP("CreateQuestions", "Close without creating?"));
    request.text = unsettledName.isEmpty()
        ? say(QT_TRANSLATE_NOOP("CreateQuestions", "What you have entered is lost."))
        : say(QT_TRANSLATE_NOOP("CreateQuestions", "It is not known whether %1 exists; if it appears, it will be in the list of instances.")).arg(unsettledName);
    request.confirmLabel = say(QT_TRANSLATE_NOOP("CreateQuestions", "Close"));
    return request;
}

} // namespace novita::createquestions
