// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/tlsfiles.h"

#include "core/base/plainfile.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>

namespace novita {

namespace {

constexpr qint64 kFileBytes = 1024 * 1024; // a chain of certificates is a few kB

Error problem(const QString &sentence)
{
    return Error::make(ErrorKind::Tls, sentence);
}

Result<QByteArray> readFile(const QString &path)
{
    Result<QByteArray> text = plainfile::read(path, kFileBytes);
    if (text)
        return text;
    if (text.error().kind == ErrorKind::Validation)
        return problem(QCoreApplication::translate("HttpServer", "The file %1 is too long").arg(path));
    return problem(QCoreApplication::translate("HttpServer", "The file %1 cannot be read: %2").arg(path, text.error().message));
}

QSslKey readKey(const QByteArray &pem)
{
    QSslKey key(pem, QSsl::Rsa);
    return key.isNull() ? QSslKey(pem, QSsl::Ec) : key;
}

/// Qt does not say, and OpenSSL only in the first handshake. Both encodings hold the public numbers (RSA: the modulus, EC: the
/// point), and near the end of the certificate's, before the exponent, stand some of them.
bool belongTogether(const QSslCertificate &certificate, const QSslKey &key)
{
    constexpr qsizetype kTail = 8; // the exponent of RSA is within it
    constexpr qsizetype kSlice = 32;
    const QByteArray publicPart = certificate.publicKey().toDer();
    const QByteArray both = key.toDer();
    if (certificate.publicKey().algorithm() != key.algorithm())
        return false;
    if (publicPart.size() < kTail + kSlice || both.size() <= publicPart.size())
        return true; // an EC key may leave out the point: then only a handshake can tell
    return both.contains(publicPart.mid(publicPart.size() - kTail - kSlice, kSlice));
}

} // namespace

Result<QSslConfiguration> loadTls(const TlsFiles &files)
{
    if (!QSslSocket::supportsSsl())
        return problem(QCoreApplication::translate("HttpServer", "TLS is not available: Qt found no OpenSSL"));
    const Result<QByteArray> certificateText = readFile(files.certificateFile);
    if (!certificateText.ok())
        return certificateText.error();
    const Result<QByteArray> keyText = readFile(files.keyFile);
    if (!keyText.ok())
        return keyText.error();
    const QList<QSslCertificate> chain = QSslCertificate::fromData(*certificateText, QSsl::Pem);
    if (chain.isEmpty())
        return problem(QCoreApplication::translate("HttpServer", "The file %1 holds no certificate in PEM form").arg(files.certificateFile));
    if (chain.first().expiryDate() < QDateTime::currentDateTimeUtc())
        return problem(QCoreApplication::translate("HttpServer", "The certificate in %1 expired on %2")
                           .arg(files.certificateFile, chain.first().expiryDate().toUTC().date().toString(Qt::ISODate)));
    const QSslKey key = readKey(*keyText);
    if (key.isNull())
        return problem(QCoreApplication::translate("HttpServer", "The file %1 holds no RSA or EC key in PEM form, or one with a passphrase").arg(files.keyFile));
    if (!belongTogether(chain.first(), key))
        return problem(QCoreApplication::translate("HttpServer", "The key in %1 does not belong to the certificate in %2").arg(files.keyFile, files.certificateFile));
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificateChain(chain);
    configuration.setPrivateKey(key);
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setAllowedNextProtocols({QByteArrayLiteral("http/1.1")});
    return configuration;
}

} // namespace novita
