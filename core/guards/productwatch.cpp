// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guards/productwatch.h"

#include "core/base/displaytext.h"
#include "core/base/logging.h"
#include "core/guards/guardtools.h"
#include "core/workflows/notificationcenter.h"
#include "core/workflows/refresher.h"
#include "core/workflows/stores.h"

#include <algorithm>

namespace novita {

namespace {

/// An amount with what it is for.
QString priceText(const Money &amount, BillingMode mode, ProductKind kind)
{
    const QString plain = QLatin1Char('$') + amount.toPlainString();
    if (mode == BillingMode::Monthly)
        return ProductWatch::tr("%1 for the shortest term", "a price").arg(plain);
    return kind == ProductKind::Gpu ? ProductWatch::tr("%1 per GPU and hour", "a price").arg(plain) : ProductWatch::tr("%1 per hour", "a price").arg(plain);
}

} // namespace

ProductWatch::ProductWatch(RuleLog &log, Stores &stores, Refresher &refresher, NotificationCenter &center, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_book(log, QStringLiteral("watch"), clock)
    , m_stores(stores)
    , m_refresher(refresher)
    , m_center(center)
    , m_clock(clock)
{
    tellUnreadRules(center, m_book, NotificationKind::ProductWatch, tr("The watches of products could not be read"));
    m_timer.setInterval(kReadEvery);
    connect(&m_timer, &QTimer::timeout, this, [this] { m_refresher.refresh(DataKind::Products, false); });
    connect(&m_book, &RuleBook::loaded, this, [this] {
        m_seen.reset();
        emit changed();
        look();
        arm();
    });
    connect(&m_book, &RuleBook::changed, this, &ProductWatch::changed);
    connect(&m_stores.products, &EntityStoreBase::freshnessChanged, this, &ProductWatch::look);
}

void ProductWatch::setProfile(const ProfileId &profile)
{
    m_busy.clear();
    m_seen.reset();
    m_timer.stop();
    m_book.setProfile(profile);
}

QList<WatchedProduct> ProductWatch::watches() const
{
    QList<WatchedProduct> out;
    const QList<RuleRecord> records = m_book.rules();
    for (const RuleRecord &record : records) {
        if (const Result<ProductWatchRule> rule = ProductWatchRule::fromJson(record.body))
            out.append({record.id, ProductId(record.subject), *rule, ProductWatchState::fromJson(record.state), record.enabled});
        else
            m_book.warnUnreadable(record.id, rule.error());
    }
    return out;
}

Call<RuleId> *ProductWatch::add(const ProductId &product, const ProductWatchRule &rule)
{
    if (const Result<ProductWatchRule> checked = ProductWatchRule::fromJson(rule.toJson()); !checked)
        return Call<RuleId>::settledWith(checked.error(), this);
    ProductWatchState begin;
    // Out of stock at this moment: its return is news without waiting first.
    const Product *row = m_stores.products.find(product);
    begin.stockTold = row && isToBeHad(rule, *row);
    auto *call = Call<RuleId>::create(this);
    m_book.add(product.toString(), rule.toJson(), begin.toJson())->onFinished(call, [this, call](const Result<RuleId> &added) {
        m_seen.reset();
        look();
        arm();
        call->resolve(added);
    });
    return call;
}

Call<Done> *ProductWatch::setEnabled(const RuleId &id, bool enabled)
{
    Call<Done> *call = m_book.setEnabled(id, enabled);
    m_seen.reset();
    look();
    arm();
    return call;
}

Call<Done> *ProductWatch::remove(const RuleId &id)
{
    Call<Done> *call = m_book.remove(id)->onFinished(this, [this](const Result<Done> &) { arm(); });
    arm();
    return call;
}

void ProductWatch::look()
{
    const std::optional<TimePoint> read = m_stores.products.refreshedAt();
    if (!m_book.isLoaded() || !read || read == m_seen)
        return;
    m_seen = read;
    const QList<WatchedProduct> all = watches();
    for (const WatchedProduct &watch : all) {
        if (watch.enabled && !m_busy.contains(watch.id.toString()))
            step(watch);
    }
}

void ProductWatch::step(const WatchedProduct &watch)
{
    const Product *row = m_stores.products.find(watch.product);
    const ProductWatchStep next = nextProductWatch(watch.rule, watch.state, row, m_clock.now());
    if (next.state == watch.state)
        return;
    m_busy.insert(watch.id.toString());
    m_book.advance(watch.id, next.state.toJson())
        ->onFinished(this, [this, watch, next, product = row ? std::optional(*row) : std::nullopt](const Result<Done> &written) {
            m_busy.remove(watch.id.toString());
            if (written && product && (next.tellPrice || next.tellStock))
                tell(watch, next, *product);
            else if (!written && !written.error().isCanceled())
                qCWarning(lcWorkflow).noquote() << "A product watch was not written:" << written.error().toLogString();
        });
}

void ProductWatch::tell(const WatchedProduct &watch, const ProductWatchStep &step, const Product &product)
{
    const QString name = watch.rule.region.isEmpty() ? displayName(product.name, product.id.toString())
                                                     : tr("%1 in %2", "product, region").arg(displayName(product.name, product.id.toString()), displayLine(watch.rule.region));
    const std::optional<Money> price = product.priceFor(watch.rule.mode);
    const auto said = [&watch, &product](const Money &money) { return priceText(money, watch.rule.mode, product.kind); };
    const QString amount = price ? said(*price) : QString();
    Notification notice;
    notice.kind = NotificationKind::ProductWatch;
    notice.severity = EventSeverity::Success;
    notice.source = EventSource::Policy;
    notice.subjectName = name;
    notice.page = QStringLiteral("products/") + product.id.toString();
    if (step.tellStock) {
        notice.title = tr("%1 is back in stock").arg(name);
        notice.text = tr("%1 can be had again, for %2. Nothing was bought.").arg(name, amount);
    } else {
        notice.title = tr("%1 costs %2").arg(name, amount);
        notice.text = tr("%1 costs %2, and you wait for at most %3. Nothing was bought.")
                          .arg(name, amount, said(*watch.rule.atMost));
    }
    m_center.post(notice);
}

void ProductWatch::arm()
{
    const QList<WatchedProduct> all = watches();
    const bool any = std::any_of(all.begin(), all.end(), [](const WatchedProduct &watch) { return watch.enabled; });
    if (any && !m_timer.isActive())
        m_timer.start();
    else if (!any)
        m_timer.stop();
}

} // namespace novita
