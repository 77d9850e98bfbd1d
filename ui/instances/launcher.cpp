// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/launcher.h"

#include "core/cloud/types/instance.h"

#include <QDesktopServices>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>

namespace novita {

namespace {

QString sshUser(const QString &command)
{
    static const QRegularExpression kUser(QStringLiteral("(?:^|\\s)([a-z_][a-z0-9_-]{0,31})@"));
    const QRegularExpressionMatch match = kUser.match(command);
    return match.hasMatch() ? match.captured(1) : QStringLiteral("root");
}

bool isHost(const QString &host)
{
    static const QRegularExpression kHost(QStringLiteral("^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$"));
    return kHost.match(host).hasMatch();
}

} // namespace

std::optional<SshTarget> SshTarget::from(const ConnectionInfo &connection)
{
    // Stricter than the decoder: this ends up on a command line.
    const QString host = connection.sshHost();
    if (!isHost(host))
        return std::nullopt;
    return SshTarget{sshUser(connection.sshCommand), host, connection.sshPort()};
}

QStringList SshTarget::arguments() const
{
    return {QStringLiteral("-p"), QString::number(port), user + u'@' + host};
}

QString SshTarget::command() const
{
    return QStringLiteral("ssh ") + arguments().join(u' ');
}

const QList<TerminalProgram> &terminalPrograms()
{
    static const QList<TerminalProgram> kPrograms{
        {QStringLiteral("x-terminal-emulator"), {QStringLiteral("-e")}},
        {QStringLiteral("konsole"), {QStringLiteral("-e")}},
        {QStringLiteral("gnome-terminal"), {QStringLiteral("--")}},
        {QStringLiteral("kgx"), {QStringLiteral("--")}},
        {QStringLiteral("xfce4-terminal"), {QStringLiteral("-x")}},
        {QStringLiteral("kitty"), {}},
        {QStringLiteral("alacritty"), {QStringLiteral("-e")}},
        {QStringLiteral("foot"), {}},
        {QStringLiteral("xterm"), {QStringLiteral("-e")}},
    };
    return kPrograms;
}

bool SystemLauncher::openUrl(const QUrl &url)
{
    return QDesktopServices::openUrl(url);
}

bool SystemLauncher::openTerminal(const SshTarget &target)
{
    for (const TerminalProgram &terminal : terminalPrograms()) {
        const QString path = QStandardPaths::findExecutable(terminal.name);
        if (path.isEmpty())
            continue;
        if (QProcess::startDetached(path, terminal.before + QStringList{QStringLiteral("ssh")} + target.arguments()))
            return true;
    }
    return false;
}

std::optional<QUrl> webUrl(const QString &text)
{
    QString address = text.trimmed();
    if (address.isEmpty() || address.size() > 2000)
        return std::nullopt;
    if (!address.contains(QLatin1String("://")))
        address.prepend(QLatin1String("http://"));
    const QUrl url(address, QUrl::StrictMode);
    const bool web = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (!url.isValid() || !web || url.host().isEmpty() || !url.userInfo().isEmpty())
        return std::nullopt;
    return url;
}

} // namespace novita
