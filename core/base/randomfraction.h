// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRandomGenerator>

namespace novita {

/// A value in [0, 1), of the generator that the program shares: what is given where a function asks for randomness.
inline double randomFraction()
{
    return QRandomGenerator::global()->generateDouble();
}

} // namespace novita
