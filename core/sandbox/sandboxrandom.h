// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRandomGenerator64>

namespace novita {

/// A generator that uses all 64 bits of the seed: Qt's own constructor takes 32.
inline QRandomGenerator64 seededRandom(quint64 seed)
{
    const quint32 words[] = {quint32(seed & 0xffffffffu), quint32(seed >> 32)};
    return QRandomGenerator64(words);
}

} // namespace novita
