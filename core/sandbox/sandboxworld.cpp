// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxworld.h"

#include "core/sandbox/sandboxrandom.h"

#include <QCryptographicHash>

#include <algorithm>

namespace novita {

namespace {

constexpr qint64 kMonthDays = 30;
constexpr Seconds kMonth{kMonthDays * 24 * 3600};
constexpr std::size_t kMaxRemoved = 10000;

} // namespace

QString unixText(TimePoint time)
{
    return QString::number(std::chrono::floor<Seconds>(time.time_since_epoch()).count());
}

SandboxWorld::SandboxWorld(const Clock &clock, quint64 seed, double timeScale)
    : m_clock(clock)
    , m_seed(seed)
    , m_planner(timeScale)
    , m_catalog(SandboxCatalog::load())
    , m_random(seededRandom(seed))
{
}

void SandboxWorld::settle()
{
    const TimePoint time = now();
    QSet<QString> gone;
    const QSet<QString> active = m_active;
    for (const QString &id : active) {
        SandboxInstance &instance = *m_byId.value(id);
        if (!instance.settle(time))
            continue;
        touch(instance); // what it leaves is free for where it goes
        migrateByItself(instance, time);
        if (instance.state == InstanceState::removed)
            gone.insert(id);
    }
    if (!gone.isEmpty())
        forget(gone);
    // Both look at every instance: once a second is plenty, and keeps requests fast with very many.
    if (time - m_lastSweep >= Seconds(1)) {
        m_lastSweep = time;
        endSubscriptions(time);
        freezeInArrears();
    }
}

void SandboxWorld::migrateByItself(SandboxInstance &instance, TimePoint at)
{
    if (!instance.autoMigrate || instance.state != InstanceState::exited || instance.spotStatus != QLatin1String("terminated"))
        return;
    const SandboxProduct *product = m_catalog.product(instance.productId);
    if (product && freeStock(*product) < std::max(1, instance.gpuNum))
        return;
    m_planner.migrate(instance, at);
    touch(instance);
    addJob(QStringLiteral("autoInstanceMigrate"), instance.id);
}

QString SandboxWorld::addJob(const QString &type, const QString &instanceId, bool fails)
{
    const QString id = QStringLiteral("job-") + newId(8);
    append(jobs, {{QStringLiteral("Id"), id}, {QStringLiteral("user"), QStringLiteral("u-1")}, {QStringLiteral("type"), type},
                  {QStringLiteral("createdAt"), unixText(now())}, {QStringLiteral("instanceId"), instanceId}, {QStringLiteral("fails"), fails}});
    return id;
}

SandboxInstance *SandboxWorld::instance(const QString &id)
{
    return m_byId.value(id);
}

SandboxInstance &SandboxWorld::addInstance(SandboxInstance instance)
{
    if (instance.id.isEmpty())
        instance.id = newId(16);
    m_instances.push_back(std::make_unique<SandboxInstance>(std::move(instance)));
    SandboxInstance &added = *m_instances.back();
    m_byId.insert(added.id, &added);
    touch(added);
    return added;
}

void SandboxWorld::touch(SandboxInstance &instance)
{
    instance.notePrices(now());
    if (instance.plan.isEmpty())
        m_active.remove(instance.id);
    else
        m_active.insert(instance.id);
    // Those that were there from the start live beside the stock, so that any number of them leaves something to create.
    const bool holds = holdsHardware(instance.state) && !instance.seeded;
    if (holds == instance.holding)
        return;
    instance.holding = holds;
    const int units = std::max(1, instance.gpuNum);
    m_taken[instance.productId] += holds ? units : -units;
}

QString SandboxWorld::reclaimable(const QString &id, const QSet<QString> &besides)
{
    settle();
    for (const auto &candidate : m_instances) {
        if ((id.isEmpty() || candidate->id == id) && candidate->billingMode == QLatin1String("spot") && candidate->state == InstanceState::running
            && candidate->spotStatus == QLatin1String("running") && !besides.contains(candidate->id))
            return candidate->id;
    }
    return {};
}

bool SandboxWorld::reclaim(const QString &id, std::optional<Milliseconds> notice)
{
    SandboxInstance *const found = instance(reclaimable(id));
    if (!found)
        return false;
    m_planner.reclaim(*found, now(), notice);
    touch(*found);
    return true;
}

int SandboxWorld::freeStock(const SandboxProduct &product) const
{
    return m_outOfStock.contains(product.id) ? 0 : std::max(0, product.stock - m_taken.value(product.id));
}

bool SandboxWorld::paySubscription(SandboxInstance &instance, Money monthly, TimePoint from, qint64 months, const QString &tradeType)
{
    const qint64 days = kMonthDays * months;
    const Money price = monthly * months;
    const Money disk = diskPrice(instance.paidDiskGb()) * days;
    if (balance() < price + disk)
        return false;
    m_prepaid += price + disk;
    instance.endTime = from + kMonth * months;
    const auto bill = [&](const QString &category, Money amount, qint64 storageDays) {
        append(subscriptionBills, {{QStringLiteral("ownerID"), instance.id}, {QStringLiteral("productName"), instance.productName},
                                   {QStringLiteral("category"), category}, {QStringLiteral("storageDays"), storageDays},
                                   {QStringLiteral("tradeType"), tradeType}, {QStringLiteral("units"), amount.priceUnits()}, {QStringLiteral("month"), months},
                                   {QStringLiteral("createTime"), unixText(now())}, {QStringLiteral("startTime"), unixText(from)},
                                   {QStringLiteral("endTime"), unixText(instance.endTime)}});
    };
    bill(QStringLiteral("gpu"), price, 0);
    if (!disk.isZero())
        bill(QStringLiteral("local_storage"), disk, days);
    return true;
}

bool SandboxWorld::charge(SandboxUse use)
{
    const Money left = balance() - use.paid;
    if (!m_openingBalance.isZero() && left.isNegative())
        return false;
    m_prepaid += use.paid;
    use.at = now();
    m_uses.push_back(std::move(use));
    if (m_uses.size() > kMostUses)
        m_uses.pop_front();
    return true;
}

void SandboxWorld::startBilling()
{
    const TimePoint time = now();
    for (const auto &instance : m_instances)
        m_paidBefore = m_paidBefore - instance->costUntil(time);
}

Money SandboxWorld::balance() const
{
    const TimePoint time = now();
    Money spent = m_paidBefore + m_prepaid;
    for (const auto &instance : m_instances)
        spent += instance->costUntil(time);
    for (const SandboxVolume &volume : m_volumes)
        spent += billedTotal(volume.spans, BilledPer::Day, time);
    return m_openingBalance - spent;
}

void SandboxWorld::noteVolumes()
{
    QSet<QString> there;
    for (const QJsonObject &row : std::as_const(storages)) {
        const QString id = row.value(QLatin1String("storageId")).toString();
        there.insert(id);
        SandboxVolume &volume = m_volumes[id];
        volume.id = id;
        volume.name = row.value(QLatin1String("storageName")).toString();
        setBilledPrice(volume.spans, volumePrice(row.value(QLatin1String("storageSize")).toInteger()), now());
    }
    for (SandboxVolume &volume : m_volumes) {
        if (!there.contains(volume.id))
            setBilledPrice(volume.spans, Money(), now());
    }
}

Money SandboxWorld::burnPerHour() const
{
    Money sum;
    for (const auto &instance : m_instances) {
        if (isBilled(instance->state))
            sum += instance->hourly;
    }
    return sum;
}

qint64 SandboxWorld::append(Table &table, QJsonObject row)
{
    table.insert(++m_lastKey, std::move(row));
    return m_lastKey;
}

qint64 SandboxWorld::find(const Table &table, QLatin1String idKey, const QString &id)
{
    for (auto it = table.cbegin(); it != table.cend(); ++it) {
        if (it.value().value(idKey).toString() == id)
            return it.key();
    }
    return -1;
}

QString SandboxWorld::newId(int hexDigits)
{
    QString id;
    while (id.size() < hexDigits)
        id += QStringLiteral("%1").arg(m_random.generate(), 16, 16, QLatin1Char('0'));
    return id.left(hexDigits);
}

QString SandboxWorld::newUuid()
{
    const QString hex = newId(32);
    return QStringLiteral("%1-%2-4%3-8%4-%5").arg(hex.left(8), hex.mid(8, 4), hex.mid(13, 3), hex.mid(17, 3), hex.mid(20, 12));
}

double SandboxWorld::random()
{
    return m_random.generateDouble();
}

qint64 SandboxWorld::randomBelow(qint64 bound)
{
    return qint64(m_random.generate() % quint64(bound));
}

QString SandboxWorld::derivedText(const QString &subject, int length) const
{
    static const QByteArray alphabet("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789");
    const QByteArray hash = QCryptographicHash::hash(QByteArray::number(m_seed) + subject.toUtf8(), QCryptographicHash::Sha256);
    QString text;
    for (int i = 0; i < length; ++i)
        text += QLatin1Char(alphabet.at(uchar(hash.at(i % hash.size())) % alphabet.size()));
    return text;
}

int SandboxWorld::derivedNumber(const QString &subject, int from, int to) const
{
    const QByteArray hash = QCryptographicHash::hash(QByteArray::number(m_seed) + subject.toUtf8(), QCryptographicHash::Sha256);
    const int value = (uchar(hash.at(0)) << 16) | (uchar(hash.at(1)) << 8) | uchar(hash.at(2));
    return from + value % (to - from + 1);
}

void SandboxWorld::forget(const QSet<QString> &ids)
{
    const TimePoint time = now();
    for (auto &instance : m_instances) {
        if (!ids.contains(instance->id))
            continue;
        m_paidBefore += instance->costUntil(time);
        m_removed.push_back(std::move(instance));
    }
    while (m_removed.size() > kMaxRemoved)
        m_removed.pop_front();
    for (const QString &id : ids) {
        m_byId.remove(id);
        m_active.remove(id);
    }
    std::erase_if(m_instances, [](const auto &instance) { return !instance; });
}

void SandboxWorld::endSubscriptions(TimePoint at)
{
    for (const auto &instance : m_instances) {
        if (instance->endTime == TimePoint() || instance->endTime > at || instance->state != InstanceState::running)
            continue;
        if (instance->autoRenew && instance->autoRenewMonth > 0
            && paySubscription(*instance, instance->monthly, instance->endTime, instance->autoRenewMonth, QStringLiteral("monthly_re_buy")))
            continue;
        m_planner.freeze(*instance, at);
        touch(*instance);
    }
}

void SandboxWorld::freezeInArrears()
{
    if (m_openingBalance.isZero() || !balance().isNegative())
        return;
    for (const auto &instance : m_instances) {
        if (instance->state == InstanceState::running && !instance->hourly.isZero()) {
            m_planner.freeze(*instance, now());
            touch(*instance);
        }
    }
}

} // namespace novita
