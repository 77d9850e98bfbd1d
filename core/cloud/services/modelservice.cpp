// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/modelservice.h"

#include "core/cloud/services/cursorwalk.h"
#include "core/cloud/services/listanswer.h"
#include "core/net/apiclient.h"

#include <QPointer>
#include <QSet>

#include <algorithm>
#include <memory>
#include <utility>

namespace novita {

namespace {

constexpr qsizetype kMostCursorChars = 2048;

void addFilters(QUrlQuery &query, const ImageModelQuery &wanted)
{
    const auto add = [&query](const QString &key, const QString &value) {
        if (!value.isEmpty())
            query.addQueryItem(key, value);
    };
    const auto flag = [](const std::optional<bool> &value) { return !value ? QString() : *value ? QStringLiteral("true") : QStringLiteral("false"); };
    add(QStringLiteral("filter.types"), imageModelTypeToWire(wanted.type));
    add(QStringLiteral("filter.query"), wanted.text);
    add(QStringLiteral("filter.visibility"), wanted.visibility);
    add(QStringLiteral("filter.source"), wanted.source);
    add(QStringLiteral("filter.is_sdxl"), flag(wanted.sdxl));
    add(QStringLiteral("filter.is_inpainting"), flag(wanted.inpainting));
}

/// The page, with the cursor as the server gave it.
ImageModelPage decodePage(const QJsonValue &answer, DecodeLog &log)
{
    ImageModelPage page;
    ListPage<ImageModel> rows = decodeRows<ImageModel>(answer, log, {QLatin1String("models")}, &decodeImageModel);
    page.models = {std::move(rows.rows), rows.partial};
    const JsonReader reader(answer.toObject(), log);
    page.nextCursor = reader.object(QLatin1String("pagination")).string(QLatin1String("next_cursor"));
    if (page.nextCursor.size() > kMostCursorChars)
        page.nextCursor.clear();
    page.rowsSent = answer.toObject().value(QLatin1String("models")).toArray().size();
    return page;
}

/// Walks the pages until one of CursorWalk's ends.
class ModelWalk final : public std::enable_shared_from_this<ModelWalk>
{
public:
    ModelWalk(const ModelService &service, const ImageModelQuery &query, qsizetype most, ReadOptions options, Call<RowList<ImageModel>> *out)
        : m_service(service), m_query(query), m_most(most), m_options(options), m_out(out)
    {}

    void ask()
    {
        Call<ImageModelPage> *call = m_service.page(m_query, m_walk.cursor(), ModelService::kLargestPage, m_options);
        m_running = call;
        QObject::connect(call, &CallBase::retryScheduled, m_out.data(), &CallBase::retryScheduled);
        call->onFinished(m_out.data(), [self = shared_from_this()](const Result<ImageModelPage> &page) { self->answered(page); });
    }

    void cancel()
    {
        if (m_running)
            m_running->cancel();
    }

private:
    void answered(const Result<ImageModelPage> &page)
    {
        if (!m_out || m_out->isSettled())
            return;
        if (!page) {
            m_out->resolve(page.error());
            return;
        }
        m_rows.partial = m_rows.partial || page->models.partial;
        for (const ImageModel &model : page->models) {
            if (!m_seen.contains(model.id) && m_rows.size() < m_most) {
                m_seen.insert(model.id);
                m_rows.append(model);
            }
        }
        const bool more = m_walk.advance(page->nextCursor, page->rowsSent, ModelService::kLargestPage);
        if (more && m_rows.size() < m_most) {
            ask();
            return;
        }
        m_rows.partial = m_rows.partial || more;
        m_out->resolve(std::move(m_rows));
    }

    const ModelService m_service;
    const ImageModelQuery m_query;
    const qsizetype m_most;
    const ReadOptions m_options;
    CursorWalk m_walk;
    QPointer<Call<RowList<ImageModel>>> m_out;
    QPointer<CallBase> m_running;
    RowList<ImageModel> m_rows;
    QSet<ImageModelId> m_seen;
};

} // namespace

Call<ImageModelPage> *ModelService::page(const ImageModelQuery &query, const QString &cursor, int limit, ReadOptions options) const
{
    constexpr Seconds kKept{600};
    const int asked = std::clamp(limit, 1, kLargestPage);
    ApiRequest request;
    request.operation = QStringLiteral("listModels");
    request.area = ApiArea::Root;
    request.path = QStringLiteral("/v3/model");
    request.priority = options.priority;
    request.cache = {QStringLiteral("imagemodels"), kKept, options.fresh};
    addFilters(request.query, query);
    request.query.addQueryItem(QStringLiteral("pagination.limit"), QString::number(asked));
    if (!cursor.isEmpty())
        request.query.addQueryItem(QStringLiteral("pagination.cursor"), cursor);
    return m_client.call<ImageModelPage>(request, [cursor, asked](const QJsonValue &answer, DecodeLog &log) {
        ImageModelPage page = decodePage(answer, log);
        if (page.nextCursor == cursor || page.rowsSent < asked)
            page.nextCursor.clear();
        return page;
    });
}

Call<RowList<ImageModel>> *ModelService::all(const ImageModelQuery &query, qsizetype most, ReadOptions options) const
{
    auto *out = Call<RowList<ImageModel>>::create(&m_client);
    const auto walk = std::make_shared<ModelWalk>(*this, query, most, options, out);
    out->setCanceler([walk] { walk->cancel(); });
    walk->ask();
    return out;
}

} // namespace novita
