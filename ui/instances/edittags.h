// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"

#include <QList>

class QWidget;

namespace novita {

struct UiContext;

/// Opens a dialog for the tags of these instances and saves what is asked for; it goes when it is closed.
void editTags(const UiContext &context, const QList<InstanceId> &ids, QWidget *parent);

} // namespace novita
