// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>

namespace novita {

/// The link without what lets its bearer in: user and password, and the query where anything in it is, or may be, a
/// signature, a token or their date. What is public stays as it is. For links that are written down; a signed one leads
/// nowhere afterwards, but still names its file. Pure.
QUrl unsignedLink(const QUrl &link);

} // namespace novita
