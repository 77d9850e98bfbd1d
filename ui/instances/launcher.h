// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace novita {

struct ConnectionInfo;

/// Where an SSH client is to go. Made from remote text, so every part is checked: no spaces, no option look-alikes.
struct SshTarget
{
    QString user = QStringLiteral("root");
    QString host;
    int port = 22;

    /// nullopt when the connection data hold no host, or one that is not a plain host name.
    static std::optional<SshTarget> from(const ConnectionInfo &connection);
    /// "ssh -p 42210 root@proxy.example": put together from the checked parts, safe to paste into a shell.
    QString command() const;
    QStringList arguments() const; ///< for the program "ssh"
};

/// What leaves the program by way of other programs; the seam for tests.
class Launcher
{
public:
    virtual ~Launcher() = default;
    /// False when nothing on this desktop takes it.
    virtual bool openUrl(const QUrl &url) = 0;
    virtual bool openTerminal(const SshTarget &target) = 0;
};

/// The desktop's browser and the person's terminal, started with argument lists, never through a shell.
class SystemLauncher final : public Launcher
{
public:
    bool openUrl(const QUrl &url) override;
    bool openTerminal(const SshTarget &target) override;
};

/// A terminal program and how it is told to run something: "konsole", {"-e"}.
struct TerminalProgram
{
    QString name;
    QStringList before; ///< arguments in front of the command
};
/// In the order in which they are tried.
const QList<TerminalProgram> &terminalPrograms();

/// Remote text as a web address: http or https with a host, nothing else. "host:port" and "host" count as http.
std::optional<QUrl> webUrl(const QString &text);

} // namespace novita
