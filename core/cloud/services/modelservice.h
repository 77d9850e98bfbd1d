// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/cloud/services/readoptions.h"
#include "core/cloud/types/common.h"
#include "core/cloud/types/imagemodel.h"

#include <QString>

namespace novita {

class ApiClient;

/// One page of the catalogue.
struct ImageModelPage
{
    RowList<ImageModel> models;
    QString nextCursor;    ///< for the next page; empty = this was the last
    qsizetype rowsSent = 0; ///< with those that could not be read
};

/// The catalogue of checkpoints, LoRAs and the rest: GET /v3/model.
class ModelService final
{
public:
    static constexpr int kLargestPage = 100;

    explicit ModelService(ApiClient &client) : m_client(client) {}

    /// The page at `cursor` (empty = the first), with up to `limit` rows, 1-100. Kept for ten minutes. The last page is told by an empty
    /// cursor, one that is the same again, and by fewer rows than asked for.
    Call<ImageModelPage> *page(const ImageModelQuery &query, const QString &cursor = {}, int limit = kLargestPage, ReadOptions options = {}) const;
    /// Every model that matches, each once. `most` ends the walk early, with RowList::partial set. A page that fails fails the list.
    Call<RowList<ImageModel>> *all(const ImageModelQuery &query, qsizetype most = 5000, ReadOptions options = {}) const;

private:
    ApiClient &m_client;
};

} // namespace novita
