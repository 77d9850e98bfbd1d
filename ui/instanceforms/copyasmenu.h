// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/requestpreview.h"

#include <functional>
#include <optional>

class QMenu;

namespace novita {

/// Puts "curl" and "Python" into `menu`: each copies the request that `preview` gives when it is chosen; nothing when it gives none.
void fillCopyAsMenu(QMenu *menu, std::function<std::optional<RequestPreview>()> preview);

} // namespace novita
