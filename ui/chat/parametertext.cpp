// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/parametertext.h"

namespace novita::parametertext {

namespace {

QString escaped(const QString &stop)
{
    QString out = stop;
    out.replace(QLatin1Char('\\'), QLatin1String("\\\\"));
    out.replace(QLatin1Char('\n'), QLatin1String("\\n"));
    out.replace(QLatin1Char('\t'), QLatin1String("\\t"));
    return out;
}

QString unescaped(const QString &line)
{
    QString out;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar next = i + 1 < line.size() ? line.at(i + 1) : QChar();
        const bool isEscape = line.at(i) == u'\\' && (next == u'n' || next == u't' || next == u'\\');
        if (!isEscape) {
            out += line.at(i);
            continue;
        }
        out += next == u'n' ? QChar(u'\n') : next == u't' ? QChar(u'\t') : next;
        ++i;
    }
    return out;
}

} // namespace

QString stopsText(const QStringList &stops)
{
    QStringList lines;
    for (const QString &stop : stops)
        lines.append(escaped(stop));
    return lines.join(QLatin1Char('\n'));
}

QStringList stopsOf(const QString &text)
{
    QStringList stops;
    for (const QString &line : text.split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        stops.append(unescaped(line));
    return stops;
}

QString biasesText(const QMap<int, int> &biases)
{
    QStringList lines;
    for (auto bias = biases.begin(); bias != biases.end(); ++bias)
        lines.append(QStringLiteral("%1: %2").arg(bias.key()).arg(bias.value()));
    return lines.join(QLatin1Char('\n'));
}

std::optional<QMap<int, int>> biasesOf(const QString &text)
{
    QMap<int, int> out;
    for (const QString &line : text.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        if (line.trimmed().isEmpty())
            continue;
        const qsizetype colon = line.indexOf(QLatin1Char(':'));
        bool isToken = false;
        bool isBias = false;
        const int token = line.left(colon).trimmed().toInt(&isToken);
        const int bias = line.mid(colon + 1).trimmed().toInt(&isBias);
        if (colon < 0 || !isToken || !isBias || out.contains(token))
            return std::nullopt;
        out.insert(token, bias);
    }
    return out;
}

} // namespace novita::parametertext
