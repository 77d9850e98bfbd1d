// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/endpointtable.h"
#include "core/gallery/picture.h"
#include "ui/gallery/worddiff.h"

#include <QList>
#include <QStringList>

namespace novita::parameterdiff {

/// One setting of several pictures.
struct Row
{
    QString label;
    QStringList values;             ///< of each picture; empty = it has none
    QList<worddiff::Ranges> marked; ///< what differs in texts; a whole value where it is no text
    bool differs = false;
};

/// What the pictures were made from, side by side: endpoint, all settings with each picture's own seed, its size. Pure.
QList<Row> rows(const QList<Picture> &pictures, const EndpointTable &endpoints);

} // namespace novita::parameterdiff
