// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/constanttime.h"

namespace novita {

bool equalInConstantTime(const QByteArray &a, const QByteArray &b)
{
    if (a.size() != b.size())
        return false;
    volatile unsigned char difference = 0; // volatile: no early way out that a compiler may find
    for (qsizetype i = 0; i < a.size(); ++i)
        difference = static_cast<unsigned char>(difference | (static_cast<unsigned char>(a.at(i)) ^ static_cast<unsigned char>(b.at(i))));
    return difference == 0;
}

} // namespace novita
