// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/ids.h"
#include "core/cloud/services/readoptions.h"
#include "core/cloud/types/resourcedrafts.h"

#include <QList>

namespace novita {

class ApiClient;

/// Images pulled ahead of time. Never cached: the tasks move.
class PrewarmService final
{
public:
    explicit PrewarmService(ApiClient &client) : m_client(client) {}

    Call<RowList<PrewarmTask>> *list(ReadOptions options = {}) const;
    Call<PrewarmQuota> *quota(ReadOptions options = {}) const;
    /// Never repeated. A 5xx leaves open whether the task was made: look at the list.
    Call<PrewarmId> *create(const PrewarmDraft &draft) const;
    Call<Done> *setNote(const PrewarmId &id, const QString &note) const; ///< repeated: writing twice is writing once
    Call<Done> *remove(const QList<PrewarmId> &ids) const;               ///< repeated; NotFound counts as success

private:
    ApiClient &m_client;
};

} // namespace novita
