// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace novita {

/// What an XMP packet says that matters here.
struct XmpFacts
{
    bool wellFormed = false;  ///< XML without a document type, whose entities could blow it up
    QString digitalSource;    ///< value of Iptc4xmpExt:DigitalSourceType, or empty
    QString ownJson;          ///< value of `novita_desktop:json`, or empty
};

/// Reads without resolving anything that lies outside. Damaged packets give what came before the damage, with `wellFormed` false.
XmpFacts readXmp(QByteArrayView packet);

struct XmpAdditions
{
    QString digitalSource; ///< IPTC's term, e.g. "trainedAlgorithmicMedia"; not written when empty or when the packet has one
    QString ownJson;       ///< replaces what the packet has; not written when empty
};

/// The packet, or a new one, with these properties; all else in it stays as it stands. Storage error: the packet is damaged, over
/// imagelimits::kXmpBytes, or of a form that this cannot add to. Pure.
Result<QByteArray> xmpWith(QByteArrayView packet, const XmpAdditions &additions);

} // namespace novita
