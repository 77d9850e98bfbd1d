// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/stores/accountstore.h"

namespace novita {

void AccountStore::setBalance(const Balance &balance)
{
    if (m_balance == balance)
        return;
    m_balance = balance;
    emit changed({QStringLiteral("balance")});
}

void AccountStore::reset()
{
    m_balance.reset();
    resetFreshness();
    emit wasReset();
}

} // namespace novita
