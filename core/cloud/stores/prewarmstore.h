// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/stores/entitystore.h"
#include "core/cloud/types/prewarm.h"

namespace novita {

/// The prewarm tasks, and how many of them the account may have.
class PrewarmStore final : public EntityStore<PrewarmTask>
{
    Q_OBJECT

public:
    explicit PrewarmStore(QObject *parent = nullptr) : EntityStore<PrewarmTask>(parent) {}

    /// As last told; all unknown until then.
    const PrewarmQuota &quota() const { return m_quota; }
    void setQuota(const PrewarmQuota &quota);
    /// Some task is not finished.
    bool anyUnfinished() const;

signals:
    void quotaChanged();

protected:
    void allRemoved() override;

private:
    PrewarmQuota m_quota;
};

} // namespace novita
