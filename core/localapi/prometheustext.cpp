// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/localapi/prometheustext.h"

#include "core/localapi/latencyhistogram.h"

#include <QLocale>

#include <cmath>

namespace novita {

namespace {

QByteArray typeName(PrometheusText::Type type)
{
    switch (type) {
    case PrometheusText::Type::Counter: return "counter";
    case PrometheusText::Type::Gauge: return "gauge";
    case PrometheusText::Type::Histogram: break;
    }
    return "histogram";
}

QByteArray escapedHelp(const QString &help)
{
    return help.toUtf8().replace('\\', "\\\\").replace('\n', "\\n");
}

QByteArray escapedLabel(const QString &value)
{
    return escapedHelp(value).replace('"', "\\\"");
}

QByteArray numberText(double value)
{
    if (std::isnan(value))
        return "NaN";
    if (std::isinf(value))
        return value > 0 ? "+Inf" : "-Inf";
    return QByteArray::number(value, 'g', QLocale::FloatingPointShortest);
}

double seconds(Milliseconds time)
{
    return std::chrono::duration<double>(time).count();
}

} // namespace

void PrometheusText::family(const QByteArray &name, Type type, const QString &help)
{
    m_name = name;
    m_text += "# HELP " + name + ' ' + escapedHelp(help) + "\n# TYPE " + name + ' ' + typeName(type) + '\n';
}

void PrometheusText::sample(qint64 value, const Labels &labels)
{
    write(m_name, QByteArray::number(value), labels);
}

void PrometheusText::sample(double value, const Labels &labels)
{
    write(m_name, numberText(value), labels);
}

void PrometheusText::sample(Money value, const Labels &labels)
{
    write(m_name, value.toPlainString().toLatin1(), labels);
}

void PrometheusText::histogram(const LatencyHistogram &histogram)
{
    qint64 upTo = 0;
    for (std::size_t i = 0; i < LatencyHistogram::kBounds.size(); ++i) {
        upTo += histogram.inBucket(i);
        write(m_name + "_bucket", QByteArray::number(upTo), {{"le", QString::fromLatin1(numberText(seconds(LatencyHistogram::kBounds[i])))}});
    }
    write(m_name + "_bucket", QByteArray::number(histogram.count()), {{"le", QStringLiteral("+Inf")}});
    write(m_name + "_sum", numberText(seconds(histogram.sum())), {});
    write(m_name + "_count", QByteArray::number(histogram.count()), {});
}

void PrometheusText::write(const QByteArray &name, const QByteArray &value, const Labels &labels)
{
    m_text += name;
    if (!labels.isEmpty()) {
        m_text += '{';
        for (qsizetype i = 0; i < labels.size(); ++i)
            m_text += (i > 0 ? "," : "") + labels.at(i).first + "=\"" + escapedLabel(labels.at(i).second) + '"';
        m_text += '}';
    }
    m_text += ' ' + value + '\n';
}

} // namespace novita
