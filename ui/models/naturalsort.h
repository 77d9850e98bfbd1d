// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

namespace novita {

/// A key whose plain QString comparison orders texts as people count: "worker-2" before "worker-10", without regard to
/// case. Prepared once per text, so that sorting many rows compares code units only.
QString naturalSortKey(QStringView text);

} // namespace novita
