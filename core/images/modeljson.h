// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/imagemodel.h"

#include <QJsonObject>
#include <QList>
#include <QString>

/// Models as they are kept on the disk: in the form of the API, so that what reads the one reads the other. Pure.
namespace novita::modeljson {

/// The link of the cover goes without what signs it: see unsignedLink().
QJsonObject toJson(const ImageModel &model);

QString listToText(const QList<ImageModel> &models);
/// What cannot be read is left out; nothing at all beyond 4 MiB.
QList<ImageModel> listFromText(const QString &text);
/// nullopt when it has no id.
std::optional<ImageModel> fromText(const QString &text);
QString toText(const ImageModel &model);

/// Tells questions apart: the same text for equal ones, another for any other.
QString questionKey(const ImageModelQuery &query);

} // namespace novita::modeljson
