// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/stores/entitystore.h"

namespace novita {

/// The account's balance, with the age of what is known (EntityStoreBase carries it; `changed({"balance"})` tells).
class AccountStore final : public EntityStoreBase
{
    Q_OBJECT

public:
    explicit AccountStore(QObject *parent = nullptr) : EntityStoreBase(parent) {}
    const std::optional<Balance> &balance() const { return m_balance; }
    void setBalance(const Balance &balance);
    void reset();

private:
    std::optional<Balance> m_balance;
};

} // namespace novita
