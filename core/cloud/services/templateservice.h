// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/ids.h"
#include "core/cloud/services/readoptions.h"
#include "core/cloud/types/templatedraft.h"

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
    /// Private templates whose name contains `name`: how a creation whose reply was lost is found again.
    Call<RowList<InstanceTemplate>> *findByName(const QString &name) const;

    /// Never repeated by itself; the id may be empty: find it by name.
    Call<TemplateId> *create(const TemplateDraft &draft) const;
    /// Not documented by its maker, but seen to work: read it again to know. Repeated, as writing twice is writing once.
    Call<Done> *update(const TemplateDraft &draft) const;
    Call<Done> *remove(const TemplateId &id) const; ///< repeated; NotFound counts as success

private:
    ApiClient &m_client;
};

} // namespace novita
