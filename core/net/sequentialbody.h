// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QIODevice>

namespace novita {

/// A request body that can be read once. QNetworkAccessManager re-sends a request whose connection closes unanswered,
/// POST included, if it can rewind the body: this one it cannot. For empty bodies too. Open from the start.
class SequentialBody final : public QIODevice
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SequentialBody)

public:
    explicit SequentialBody(QByteArray data, QObject *parent = nullptr);

    bool isSequential() const override { return true; }
    bool atEnd() const override { return m_position >= m_data.size(); }
    qint64 bytesAvailable() const override;
    /// Refused without the warning of the base class: the manager tries whenever it would like to send again.
    bool seek(qint64) override { return false; }
    bool reset() override { return false; }

protected:
    qint64 readData(char *target, qint64 maxSize) override;
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_data;
    qint64 m_position = 0;
};

} // namespace novita
