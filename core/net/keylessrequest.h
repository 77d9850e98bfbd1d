// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QNetworkRequest>

namespace novita {

/// A request to somebody who gets no key: no cookie, no credentials, no cache, no redirect that is followed by itself, an answer as it is
/// (not compressed), and nothing that tells of the account.
QNetworkRequest keylessRequest(const QUrl &url);

} // namespace novita
