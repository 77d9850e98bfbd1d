// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QSslConfiguration>
#include <QString>

namespace novita {

/// Where a TLS server finds who it is. Both files in PEM form; the key without a passphrase, RSA or EC.
struct TlsFiles
{
    QString certificateFile; ///< the server's certificate first, then those between it and the root
    QString keyFile;
};

/// Reads both files (blocking) and makes a server configuration of them: TLS 1.2 and later, HTTP/1.1 by ALPN, no certificate
/// asked of clients. ErrorKind::Tls with a sentence that names the file when one is missing, unreadable or not what it should be,
/// when the certificate has expired, when the two do not belong together, or when this build of Qt has no TLS.
Result<QSslConfiguration> loadTls(const TlsFiles &files);

} // namespace novita
