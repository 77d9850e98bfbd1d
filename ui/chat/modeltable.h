// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/language/languagemodels.h"
#include "ui/models/columntablemodel.h"

namespace novita {

using LanguageModelTable = ColumnTableModel<LanguageModel>;

/// Name, context, prices per million tokens, capabilities and id. Filter fields: name, id, context, price (either), in, out, can.
LanguageModelTable *makeLanguageModelTable(LanguageModelStore &store, QObject *parent);

} // namespace novita
