// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace novita {

/// Equal, in a time that depends on the length alone. Of different lengths: false at once. Any thread.
bool equalInConstantTime(const QByteArray &a, const QByteArray &b);

} // namespace novita
