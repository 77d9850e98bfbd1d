// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/endpointtable.h"
#include "core/cloud/endpoints/fieldspec.h"
#include "core/cloud/endpoints/specreader.h"

#include <QList>
#include <QString>

namespace novita {

/// The fields of one endpoint file, or the items of one of them: the list `key` of `reader`. Problems go to the reader's.
QList<FieldSpec> readFields(SpecReader &reader, const char *key, const ChoiceLists &lists, bool nested);

/// Reads a choice: text, or {value, label, base}.
ChoiceOption readChoice(SpecReader &list, const char *key, qsizetype index, const QJsonValue &item);

/// The names of bases as files have them, in the order of ModelBase: "unknown" means none and is left out.
QStringList modelBaseNames();

} // namespace novita
