// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "ui/uicontext.h"

class QWidget;

/// The dialogs about watched products, opened and wired. Each goes when it is closed; none blocks.
namespace novita::watchdialogs {

void add(const UiContext &context, const ProductId &product, QWidget *parent);
void showAll(const UiContext &context, QWidget *parent);

} // namespace novita::watchdialogs
