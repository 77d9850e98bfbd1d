// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/fieldspec.h"
#include "core/cloud/endpoints/inputimage.h"

#include <QJsonValue>
#include <QString>

#include <optional>
#include <utility>

namespace novita {

/// Whether a field's value counts as empty: undefined, null, "", an empty list.
bool isEmptyValue(const QJsonValue &value);

/// What is wrong with a value that is not empty, seen alone, as a sentence; empty = nothing. Not for lists and groups, whose items are
/// looked at one by one, and not for what other fields, pictures and the mode decide.
QString fieldProblem(const FieldSpec &field, const QJsonValue &value);

/// What of a picture's file goes beyond FieldSpec::image, as a sentence; empty = nothing. What is not known of it is not looked at.
QString imageProblem(const FieldSpec &field, const InputImage &image);

/// The width and height of a Size value; nullopt for keywords and for what is no size.
std::optional<std::pair<int, int>> sizeOf(const QJsonValue &value);

/// Whether it is among the choices of the field; what an open list takes beside them does not count.
bool isAmongChoices(const FieldSpec &field, const QString &value);

QString labelOf(const FieldSpec &field); ///< translated

} // namespace novita
