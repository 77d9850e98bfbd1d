// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sessionstate.h"

#include "core/base/logging.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"

#include <QGuiApplication>
#include <QJsonDocument>
#include <QScreen>
#include <QWidget>

namespace novita {

namespace {

constexpr int kVersion = 1;
// Wide enough for a title bar to be caught with the mouse.
constexpr int kReachable = 80;

QJsonObject parse(const QString &text)
{
    return QJsonDocument::fromJson(text.toUtf8()).object();
}

QString compact(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

} // namespace

SessionState SessionState::load(const Settings &settings)
{
    SessionState state;
    state.window = parse(settings.value(keys::kWindowGeometry));
    state.page = settings.value(keys::kLastPage);
    const QJsonObject pages = parse(settings.value(keys::kPageState));
    for (auto it = pages.constBegin(); it != pages.constEnd(); ++it)
        state.pages.insert(it.key(), it.value().toObject());
    return state;
}

void SessionState::store(Settings &settings) const
{
    QJsonObject all;
    for (auto it = pages.constBegin(); it != pages.constEnd(); ++it)
        all.insert(it.key(), it.value());
    for (const auto &result : {settings.setValue(keys::kWindowGeometry, compact(window)), settings.setValue(keys::kLastPage, page),
                               settings.setValue(keys::kPageState, compact(all))}) {
        if (!result)
            qCWarning(lcUi) << "the session was not kept:" << result.error().toLogString();
    }
}

void SessionState::applyGeometry(QWidget &widget) const
{
    if (window.value(QStringLiteral("version")).toInt() != kVersion)
        return;
    const QRect wanted(window.value(QStringLiteral("x")).toInt(), window.value(QStringLiteral("y")).toInt(),
                       window.value(QStringLiteral("width")).toInt(), window.value(QStringLiteral("height")).toInt());
    if (wanted.width() <= 0 || wanted.height() <= 0)
        return;
    const QScreen *screen = QGuiApplication::screenAt(QPoint(wanted.left() + wanted.width() / 2, wanted.top() + kReachable / 2));
    const QScreen *target = screen ? screen : QGuiApplication::primaryScreen();
    if (!target)
        return;
    widget.resize(wanted.size().boundedTo(target->availableSize()));
    if (screen)
        widget.move(wanted.topLeft());
    if (window.value(QStringLiteral("maximized")).toBool())
        widget.setWindowState(widget.windowState() | Qt::WindowMaximized);
}

void SessionState::takeGeometry(const QWidget &widget)
{
    const QRect normal = widget.normalGeometry().isValid() ? widget.normalGeometry() : widget.geometry();
    window.insert(QStringLiteral("version"), kVersion);
    window.insert(QStringLiteral("x"), widget.isMaximized() ? normal.x() : widget.x());
    window.insert(QStringLiteral("y"), widget.isMaximized() ? normal.y() : widget.y());
    window.insert(QStringLiteral("width"), normal.width());
    window.insert(QStringLiteral("height"), normal.height());
    window.insert(QStringLiteral("maximized"), widget.isMaximized());
}

} // namespace novita
