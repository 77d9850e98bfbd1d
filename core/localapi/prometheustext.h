// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/money.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <utility>

namespace novita {

class LatencyHistogram;

/// Writes the text exposition format of Prometheus, version 0.0.4: one HELP and TYPE a family, then its samples. Names and units
/// are the caller's business. Pure.
class PrometheusText final
{
public:
    enum class Type { Counter, Gauge, Histogram };
    using Labels = QList<std::pair<QByteArray, QString>>;

    static QByteArray contentType() { return QByteArrayLiteral("text/plain; version=0.0.4; charset=utf-8"); }

    /// Begins a family; what follows belongs to it.
    void family(const QByteArray &name, Type type, const QString &help);
    void sample(qint64 value, const Labels &labels = {});
    void sample(double value, const Labels &labels = {});
    void sample(Money value, const Labels &labels = {}); ///< in USD, exact
    /// All of a histogram family: its buckets up to +Inf, in seconds, sum and count.
    void histogram(const LatencyHistogram &histogram);

    /// A family of one sample without labels.
    template<typename Value>
    void single(const QByteArray &name, Type type, const QString &help, Value value)
    {
        family(name, type, help);
        sample(value);
    }

    const QByteArray &text() const { return m_text; }

private:
    void write(const QByteArray &name, const QByteArray &value, const Labels &labels);

    QByteArray m_text;
    QByteArray m_name; ///< of the family
};

} // namespace novita
