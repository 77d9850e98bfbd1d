// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/apirequest.h"

#include <QtGlobal>

namespace novita {

/// What a service method may be told about how to ask.
struct ReadOptions
{
    RequestPriority priority = RequestPriority::Poll;
    bool fresh = false;         ///< bypass the cache (F5, after an own action)
    qsizetype expectedRows = 0; ///< rows that a list is thought to have (the store's size): saves a small first page
};

} // namespace novita
