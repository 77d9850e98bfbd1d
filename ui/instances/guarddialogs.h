// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "ui/uicontext.h"

#include <QList>

class QWidget;

/// The dialogs about rules of instances, opened and wired. Each goes when it is closed; none blocks.
namespace novita::guarddialogs {

void editIdleRule(const UiContext &context, const InstanceId &id, QWidget *parent);
/// For `ids` together.
void addSchedule(const UiContext &context, const QList<InstanceId> &ids, QWidget *parent);
/// Asks whether `ids` shall be migrated, naming what each would lose, and has the spot guard do it.
void askToMigrate(const UiContext &context, const QList<InstanceId> &ids, QWidget *parent);
/// Every rule of the profile about instances.
void showAll(const UiContext &context, QWidget *parent);

} // namespace novita::guarddialogs
