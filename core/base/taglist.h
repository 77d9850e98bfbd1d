// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>

namespace novita {

/// What is put on and taken off.
struct TagEdit
{
    QStringList add;
    QStringList remove;
};

/// The tags of one thing: short words of the person's own. Two that differ in case alone are the same tag. Pure functions.
namespace taglist {

inline constexpr qsizetype kMaxLength = 40;
inline constexpr qsizetype kMostTags = 20; ///< of one thing

/// `text` as a tag, typed or looked for: without quotation marks ("), without space at its ends, runs of blanks as one. ErrorKind::Validation when nothing is left, or it is too long, or holds a
/// comma, a control character or anything else that is not seen.
Result<QString> cleaned(const QString &text);
/// Tags with commas between them, as a person types them: each once, in that order; empty parts say nothing. The first that is none is the error.
Result<QStringList> parsed(const QString &text);

bool contains(const QStringList &tags, const QString &tag);
/// Each once, in alphabetical order.
QStringList sorted(const QStringList &tags);
/// `tags` after `edit`, sorted; a tag that is both is put on. ErrorKind::Validation for what is no tag, or beyond kMostTags.
Result<QStringList> edited(const QStringList &tags, const TagEdit &edit);

} // namespace taglist

} // namespace novita
