// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/replydecoder.h"

#include "core/base/jsonreader.h"

#include <QFutureWatcher>
#include <QtConcurrentRun>

#include <memory>
#include <utility>

namespace novita {

namespace {

ReplyDecoder::Decoded decode(ReplyDecoder::Work work)
{
    if (work.body) {
        Result<QJsonValue> json = parseJson(*work.body);
        if (!json)
            return {json.error(), {}};
        work.head.json = std::move(json).value();
    }
    ReplyDecoder::Decoded out{work.head, {}};
    out.deliveries.reserve(work.decoders.size());
    for (const ReplyDecoder::Decode &decoder : work.decoders)
        out.deliveries.push_back(decoder(work.head));
    return out;
}

} // namespace

ReplyDecoder::ReplyDecoder(QObject *parent) : QObject(parent)
{
    constexpr int kWorkers = 2;
    m_pool.setMaxThreadCount(kWorkers);
}

ReplyDecoder::~ReplyDecoder()
{
    m_pool.clear();
}

void ReplyDecoder::run(Work work, std::function<void(Decoded)> done)
{
    if (work.bytes <= kLargeBody) {
        done(decode(std::move(work)));
        return;
    }
    // A shared pointer: QFuture wants to copy its result.
    using Shared = std::shared_ptr<Decoded>;
    auto *watcher = new QFutureWatcher<Shared>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [watcher, done = std::move(done)] {
        const Shared decoded = watcher->result();
        watcher->deleteLater();
        done(std::move(*decoded));
    });
    watcher->setFuture(QtConcurrent::run(&m_pool, [work = std::move(work)]() mutable {
        return std::make_shared<Decoded>(decode(std::move(work)));
    }));
}

} // namespace novita
