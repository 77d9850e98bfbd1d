// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/clienttls.h"

#include "core/base/plainfile.h"

#include <QCoreApplication>
#include <QSslCertificate>

namespace novita {

namespace {

constexpr qint64 kMostFileBytes = 16 * 1024 * 1024; // some hundred KiB hold all that browsers trust

} // namespace

Result<QSslConfiguration> clientTls(const QString &caFile)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    if (caFile.isEmpty())
        return tls;
    const QList<QSslCertificate> extra = QSslCertificate::fromData(plainfile::read(caFile, kMostFileBytes).valueOr({}), QSsl::Pem);
    if (extra.isEmpty())
        return Error::make(ErrorKind::Validation, QCoreApplication::translate("Network", "The CA file holds no readable certificate"), caFile);
    // Setting a list switches Qt's loading on demand off: the system's have to be in it.
    tls.setCaCertificates(QSslConfiguration::systemCaCertificates() + extra);
    return tls;
}

} // namespace novita
