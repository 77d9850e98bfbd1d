// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/cloud/types/languagemodel.h"

#include <QByteArray>

namespace novita {

/// A list of models as it was kept, with the time at which the cloud had given it.
struct KeptModelList
{
    TimePoint at{};
    QList<LanguageModel> models;
};

namespace modellistfile {

inline constexpr qsizetype kMostModels = 20000;
inline constexpr qint64 kMostBytes = 32 * 1024 * 1024;

QByteArray written(const KeptModelList &list);
/// ErrorKind::Storage when it is not what written() makes. Rows that make no sense are left out.
Result<KeptModelList> read(const QByteArray &bytes);

/// Each id once, none empty or longer than 256 characters, at most kMostModels of them.
QList<LanguageModel> usable(const QList<LanguageModel> &models);

} // namespace modellistfile

} // namespace novita
