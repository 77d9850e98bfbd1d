// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/metricswatch.h"

#include "core/workflows/history.h"
#include "core/workflows/stores.h"

#include <algorithm>
#include <utility>

namespace novita {

namespace {

/// What an ordinary poll asks for: long enough to mend what a lost answer left out.
constexpr Seconds kPollSpan{300};
constexpr Seconds kLongestCatchUp{3600};
constexpr Milliseconds kLongestWait{600000};
constexpr Milliseconds kLongestSleep{60000};
constexpr Seconds kLongestSpan{8 * 24 * 3600};
/// Raw samples are kept 26 h: what is older would be gone at the next cleaning up.
constexpr std::chrono::hours kStoredBack{25};
/// Clocks differ; what claims to be from further ahead is no measurement.
constexpr Seconds kAhead{120};

} // namespace

MetricsInterest::MetricsInterest(MetricsWatch *watch, const InstanceId &id) : m_watch(watch), m_id(id)
{
    if (m_watch)
        m_watch->addInterest(m_id);
}

MetricsInterest::~MetricsInterest()
{
    release();
}

MetricsInterest::MetricsInterest(MetricsInterest &&other) noexcept : m_watch(std::exchange(other.m_watch, nullptr)), m_id(std::move(other.m_id)) {}

MetricsInterest &MetricsInterest::operator=(MetricsInterest &&other) noexcept
{
    if (this != &other) {
        release();
        m_watch = std::exchange(other.m_watch, nullptr);
        m_id = std::move(other.m_id);
    }
    return *this;
}

void MetricsInterest::release()
{
    if (m_watch)
        std::exchange(m_watch, nullptr)->removeInterest(m_id);
}

MetricsWatch::MetricsWatch(ApiClient &client, Stores &stores, History &history, const Clock &clock, QObject *parent)
    : QObject(parent), m_service(client), m_stores(stores), m_history(history), m_clock(clock)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &MetricsWatch::wake);
    // Another profile may know an instance of the same id: nothing of the one before may be said of it.
    connect(&m_stores.instances, &EntityStoreBase::wasReset, this, [this] {
        for (auto &[id, watched] : m_watched) {
            watched.poll.reset();
            watched.newest.reset();
            watched.failures = 0;
        }
    });
}

MetricsWatch::~MetricsWatch() = default;

MetricsInterest MetricsWatch::watch(const InstanceId &id)
{
    return MetricsInterest(this, id);
}

void MetricsWatch::addInterest(const InstanceId &id)
{
    Watched &watched = m_watched[id.toString()];
    if (++watched.interests == 1) {
        watched.due = m_clock.steadyNow();
        arm();
    }
}

void MetricsWatch::removeInterest(const InstanceId &id)
{
    const auto found = m_watched.find(id.toString());
    if (found == m_watched.end() || --found->second.interests > 0)
        return;
    m_watched.erase(found);
    arm();
}

Milliseconds MetricsWatch::interval() const
{
    const auto least = Milliseconds(60000 / kMostPollsPerMinute) * static_cast<int>(m_watched.size());
    return std::max(kPollEvery, Milliseconds(least));
}

void MetricsWatch::wake()
{
    const SteadyPoint now = m_clock.steadyNow();
    QStringList due;
    for (const auto &[id, watched] : m_watched) {
        if (watched.due <= now && !watched.poll.isBusy())
            due.append(id);
    }
    for (const QString &id : std::as_const(due))
        poll(InstanceId(id));
    arm();
}

void MetricsWatch::arm()
{
    if (m_watched.empty()) {
        m_timer.stop();
        return;
    }
    Milliseconds sleep = kLongestSleep;
    for (const auto &[id, watched] : m_watched) {
        if (!watched.poll.isBusy())
            sleep = std::min(sleep, std::max(Milliseconds(0), watched.due - m_clock.steadyNow()));
    }
    m_timer.start(sleep);
}

void MetricsWatch::poll(const InstanceId &id)
{
    const auto found = m_watched.find(id.toString());
    if (found == m_watched.end())
        return;
    Watched &watched = found->second;
    watched.due = m_clock.steadyNow() + interval();
    const Instance *instance = m_stores.instances.find(id);
    if (!instance || instance->status != InstanceStatus::Running)
        return;
    const TimePoint now = m_clock.now();
    Seconds span = kPollSpan;
    if (watched.newest)
        span = std::clamp(std::chrono::ceil<Seconds>(now - *watched.newest) + kPollSpan, kPollSpan, kLongestCatchUp);
    ReadOptions options;
    options.priority = RequestPriority::Poll;
    watched.poll.reset(m_service.read(id, now - span, now, stepFor(kPollSpan), options))->onFinished(this, [this, id](const Result<InstanceMetrics> &answer) {
        polled(id, answer);
    });
}

void MetricsWatch::polled(const InstanceId &id, const Result<InstanceMetrics> &answer)
{
    const auto found = m_watched.find(id.toString());
    if (found == m_watched.end())
        return;
    Watched &watched = found->second;
    if (!answer) {
        const int failures = std::min(++watched.failures, 6);
        watched.due = m_clock.steadyNow() + std::min(kLongestWait, interval() * (1 << failures));
        arm();
        emit failed(id, answer.error());
        return;
    }
    watched.failures = 0;
    const MetricSeries series = metrics::toSeries(*answer);
    adopt(id, series);
    arm();
    emit updated(id, series);
}

void MetricsWatch::adopt(const InstanceId &id, const MetricSeries &series)
{
    const TimePoint now = m_clock.now();
    QMap<TimePoint, QList<Sample>> byTime;
    for (auto it = series.begin(); it != series.end(); ++it) {
        const QString name = metrics::seriesName(id, it.key());
        for (const MetricPoint &point : it.value()) {
            if (point.at > now - kStoredBack && point.at < now + kAhead)
                byTime[point.at].append({name, point.value});
        }
    }
    if (!m_history.profile().isEmpty()) {
        for (auto it = byTime.begin(); it != byTime.end(); ++it)
            m_history.samples.append(m_history.profile(), it.key(), it.value());
    }
    if (const auto found = m_watched.find(id.toString()); found != m_watched.end()) {
        if (const auto newest = metrics::newest(series))
            found->second.newest = *newest;
    }
    const QList<MetricPoint> gpu = series.value(QStringLiteral("gpu"));
    if (!gpu.isEmpty() && gpu.last().at < now + kAhead)
        m_stores.instances.setGpuLoad(id, {gpu.last().value, gpu.last().at});
}

Seconds MetricsWatch::stepFor(Seconds span)
{
    // About 300 points on the screen, at round distances.
    for (const int step : {20, 30, 60, 120, 300, 600, 1200, 1800}) {
        if (span.count() / step <= 360)
            return span <= Seconds(900) ? Seconds(20) : Seconds(std::max(step, 30));
    }
    return Seconds(3600);
}

Call<MetricsSpan> *MetricsWatch::read(const InstanceId &id, Seconds length)
{
    auto *call = Call<MetricsSpan>::create(this);
    const QPointer<Call<MetricsSpan>> out(call);
    MetricsSpan span;
    span.to = m_clock.now();
    span.from = span.to - std::clamp(length, Seconds(60), kLongestSpan);
    span.step = stepFor(length);
    m_service.read(id, span.from, span.to, span.step)->onFinished(this, [this, id, span, out, account = m_stores.instances.account()](const Result<InstanceMetrics> &answer) mutable {
        if (!out || out->isSettled())
            return;
        if (account != m_stores.instances.account()) {
            out->cancel();
            return;
        }
        if (answer) {
            span.series = metrics::toSeries(*answer);
            adopt(id, span.series);
            std::optional<TimePoint> oldest;
            for (const QList<MetricPoint> &points : std::as_const(span.series))
                oldest = oldest ? std::min(*oldest, points.first().at) : points.first().at;
            const Instance *instance = m_stores.instances.find(id);
            const TimePoint since = instance && instance->lastStartedAt ? std::max(span.from, *instance->lastStartedAt) : span.from;
            span.shorter = oldest && *oldest - since > 3 * span.step + Seconds(120);
        } else {
            span.problem = answer.error();
        }
        readKept(id, span, out);
    });
    return call;
}

void MetricsWatch::readKept(const InstanceId &id, MetricsSpan span, QPointer<Call<MetricsSpan>> out)
{
    const Instance *instance = m_stores.instances.find(id);
    const QStringList keys = metrics::keysFor(instance ? instance->gpuNum.value_or(0) : 0);
    if (m_history.profile().isEmpty()) {
        answer(out, span, m_stores.instances.account());
        return;
    }
    const auto points = static_cast<int>((span.to - span.from) / span.step) + 1;
    const auto result = std::make_shared<MetricsSpan>(span);
    const auto left = std::make_shared<qsizetype>(keys.size());
    for (const QString &key : keys) {
        m_history.samples.read(m_history.profile(), metrics::seriesName(id, key), span.from, span.to, points)
            ->onFinished(this, [this, key, result, left, out, account = m_stores.instances.account()](const Result<QList<SamplePoint>> &read) {
                QList<MetricPoint> kept;
                for (const SamplePoint &point : read.valueOr({}))
                    kept.append({point.at, point.mean});
                const QList<MetricPoint> all = metrics::merged(kept, result->series.value(key), result->step);
                if (!all.isEmpty())
                    result->series.insert(key, all);
                if (--*left == 0)
                    answer(out, *result, account);
            });
    }
}

void MetricsWatch::answer(const QPointer<Call<MetricsSpan>> &out, const MetricsSpan &span, quint64 account) const
{
    if (!out)
        return;
    if (account == m_stores.instances.account())
        out->resolve(span);
    else
        out->cancel();
}

} // namespace novita
