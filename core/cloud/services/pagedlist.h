// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/logging.h"
#include "core/cloud/services/pagewalk.h"
#include "core/cloud/types/common.h"
#include "core/net/apiclient.h"

#include <QHash>
#include <QPointer>

#include <functional>
#include <memory>

namespace novita {

/// How to ask for the pages of one list.
struct PagedQuery
{
    ApiRequest request;                                  ///< without the paging parameters
    QString pageKey = QStringLiteral("pageNum");         ///< network storages say pageNo
    int firstPage = 0;
    int largestPage = PageWalk::kLargePage;
    qsizetype expectedRows = 0;
};

/// Walks all pages of a list and delivers its rows, each id once, in the order of first sight (see PageWalk). The first
/// page that fails fails the list: part of a list is never passed off as the whole. The call belongs to the client.
template<typename T>
class PagedList final : public std::enable_shared_from_this<PagedList<T>>
{
public:
    using DecodePage = std::function<ListPage<T>(const QJsonValue &, DecodeLog &)>;

    static Call<RowList<T>> *fetch(ApiClient &client, const PagedQuery &query, DecodePage decode)
    {
        auto *out = Call<RowList<T>>::create(&client);
        const auto list = std::make_shared<PagedList>(client, query, std::move(decode), out);
        out->setCanceler([list] {
            if (list->m_running)
                list->m_running->cancel();
        });
        list->ask();
        return out;
    }

    PagedList(ApiClient &client, const PagedQuery &query, DecodePage decode, Call<RowList<T>> *out)
        : m_client(client)
        , m_query(query)
        , m_decode(std::move(decode))
        , m_walk(query.firstPage, query.largestPage, query.expectedRows)
        , m_out(out)
    {}

private:
    void ask()
    {
        ApiRequest request = m_query.request;
        request.query.addQueryItem(m_query.pageKey, QString::number(m_walk.page()));
        request.query.addQueryItem(QStringLiteral("pageSize"), QString::number(m_walk.pageSize()));
        Call<ListPage<T>> *call = m_client.callForReply<ListPage<T>>(request, [decode = m_decode](const ApiReply &reply, DecodeLog &log) {
            ListPage<T> page = decode(reply.json, log);
            page.bytes = reply.bodyBytes;
            return page;
        });
        m_running = call;
        QObject::connect(call, &CallBase::retryScheduled, m_out.data(), &CallBase::retryScheduled);
        call->onFinished(m_out.data(), [self = this->shared_from_this()](const Result<ListPage<T>> &page) { self->answered(page); });
    }

    void answered(const Result<ListPage<T>> &page)
    {
        if (!m_out || m_out->isSettled())
            return;
        const PageWalk::Step step = page ? adopt(*page) : m_walk.refuse(page.error().kind);
        switch (step) {
        case PageWalk::Step::More: ask(); return;
        case PageWalk::Step::Done: finish(); return;
        case PageWalk::Step::TooLarge: m_out->resolve(tooLong(QStringLiteral("is longer than this program reads"))); return;
        case PageWalk::Step::Failed: m_out->resolve(page ? tooLong(QStringLiteral("does not end")) : page.error()); return;
        }
    }

    Error tooLong(const QString &how) const
    {
        return Error::protocol(ProtocolFault::TooLarge, QStringLiteral("The list of %1 %2").arg(m_query.request.operation, how));
    }

    PageWalk::Step adopt(const ListPage<T> &page)
    {
        QStringList ids;
        ids.reserve(page.rows.size());
        m_partial = m_partial || page.partial;
        for (const T &row : page.rows) {
            ids.append(row.id.toString());
            const auto known = m_index.constFind(ids.constLast());
            if (known == m_index.constEnd()) {
                m_index.insert(ids.constLast(), m_rows.size());
                m_rows.append({row, m_walk.pass()});
            } else {
                m_rows[*known] = {row, m_walk.pass()}; // the later answer is the truer one
            }
        }
        const PageWalk::Step step = m_walk.accept(ids, page.total, page.bytes);
        return m_rows.size() > PageWalk::kMostRows ? PageWalk::Step::TooLarge : step; // each pass may have had rows of its own
    }

    void finish()
    {
        if (m_walk.isShort())
            qCWarning(lcCloud, "%s: fewer rows than the total says, taken as complete", qUtf8Printable(m_query.request.operation));
        QList<T> rows;
        rows.reserve(m_rows.size());
        for (SeenRow &seen : m_rows) {
            if (seen.pass == m_walk.pass() || m_walk.wantsUnion())
                rows.append(std::move(seen.row));
        }
        m_rows.clear();
        m_out->resolve(RowList<T>(std::move(rows), m_partial));
    }

    struct SeenRow
    {
        T row;
        int pass = 0;
    };

    ApiClient &m_client;
    PagedQuery m_query;
    DecodePage m_decode;
    PageWalk m_walk;
    QPointer<Call<RowList<T>>> m_out;
    QPointer<CallBase> m_running;
    QList<SeenRow> m_rows;
    QHash<QString, qsizetype> m_index;
    bool m_partial = false;
};

} // namespace novita
