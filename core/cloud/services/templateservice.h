// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/ids.h"
#include "core/cloud/services/readoptions.h"
#include "core/cloud/types/resources.h"

#include <QList>

namespace novita {

class ApiClient;

/// Launch templates. Kept for 10 minutes (cache kind "templates").
class TemplateService final
{
public:
    explicit TemplateService(ApiClient &client) : m_client(client) {}

    /// `channel`: "official", "community" or "private". A row that names none of these is taken for one of the channel asked for.
    Call<RowList<InstanceTemplate>> *list(const QString &channel, ReadOptions options = {}) const;
    Call<InstanceTemplate> *get(const TemplateId &id, ReadOptions options = {}) const;

private:
    ApiClient &m_client;
};

} // namespace novita
