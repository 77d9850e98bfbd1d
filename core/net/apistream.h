// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QByteArray>
#include <QObject>

#include <optional>

namespace novita {

/// An answer of the cloud that is read while it comes. Made by ApiClient::stream(); deleting it ends the request on the wire.
///
/// The request waits in no queue and is sent once. An answer with another status than 2xx is read whole and told as an
/// error like any other. One thread.
class ApiStream : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ApiStream)

public:
    ~ApiStream() override = default;

signals:
    void received(const QByteArray &bytes);
    /// Once, as the last. No error: the answer is complete. Never from inside ApiClient::stream().
    void ended(const std::optional<novita::Error> &error);

protected:
    explicit ApiStream(QObject *parent) : QObject(parent) {}
};

} // namespace novita
