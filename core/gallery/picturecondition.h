// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/gallery/picturequery.h"

#include <QString>
#include <QVariantList>

namespace novita {

/// A PictureQuery as SQL. Pure.
struct PictureCondition
{
    QString from = QStringLiteral("picture");
    QString sql;         ///< what follows WHERE
    QVariantList values; ///< of its `?`

    static PictureCondition of(const ProfileId &profile, const PictureQuery &query);
    /// With a blank in front.
    static QString orderBy(PictureQuery::Order order);
};

} // namespace novita
