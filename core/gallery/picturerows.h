// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/gallery/picture.h"

#include <QSqlQuery>

#include <optional>

namespace novita {

class SqlSession;

/// Pictures as rows of images.sqlite, inside the transaction of a session. Thread: the Database's.
namespace picturerows {

inline constexpr QLatin1String kEntryColumns("id, kind, file, width, height, created_at, starred, flagged, trashed_at");

/// From a row that begins with kEntryColumns.
void fillEntry(const QSqlQuery &row, PictureEntry &entry);

/// nullopt: it is not there.
Result<std::optional<Picture>> read(SqlSession &session, PictureId id);
Result<QStringList> tagsOf(SqlSession &session, PictureId id);
std::optional<Error> putTags(SqlSession &session, PictureId id, const QStringList &tags);

/// With its words and tags; as PictureStore::add() for one that is there already.
Result<PictureId> insert(SqlSession &session, const ProfileId &profile, Picture picture);

} // namespace picturerows

} // namespace novita
