// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>

#include <chrono>

class QTimer;

namespace novita {

/// Puts a secret on the clipboard, asks clipboard managers not to keep it (x-kde-passwordManagerHint), and takes it away
/// after a while, unless something else has been copied since. Only a hash of the secret is kept meanwhile.
class SecretClipboard final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SecretClipboard)

public:
    explicit SecretClipboard(QObject *parent = nullptr);
    /// Takes the secret away at once, without a signal.
    ~SecretClipboard() override;

    void copy(const QString &secret, std::chrono::seconds keepFor);

signals:
    void cleared();

private:
    void clearIfOurs();

    QTimer *m_timer;
    QByteArray m_hash;
};

} // namespace novita
