// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFile>
#include <QList>
#include <QString>

namespace novita {

/// The bytes that a line of a file of hostile requests stands for: \r \n \t \0 \xHH; any other character behind a backslash is itself.
inline QByteArray unescape(const QByteArray &text)
{
    QByteArray out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) != '\\') {
            out += text.at(i);
            continue;
        }
        switch (text.at(++i)) {
        case 'r': out += '\r'; break;
        case 'n': out += '\n'; break;
        case 't': out += '\t'; break;
        case '0': out += '\0'; break;
        case 'x':
            out += QByteArray::fromHex(text.mid(i + 1, 2));
            i += 2;
            break;
        default: out += text.at(i);
        }
    }
    return out;
}

/// {{text*n}} is n times text, the innermost first: they may be nested.
inline QByteArray repeat(QByteArray text)
{
    for (qsizetype open = text.lastIndexOf("{{"); open >= 0; open = text.lastIndexOf("{{")) {
        const qsizetype close = text.indexOf("}}", open);
        const QByteArray inner = text.mid(open + 2, close - open - 2);
        const qsizetype star = inner.lastIndexOf('*');
        text.replace(open, close + 2 - open, inner.left(star).repeated(inner.mid(star + 1).toInt()));
    }
    return text;
}

/// "name | expected | request"
struct HostileLine
{
    QByteArray name;
    QByteArray expected;
    QByteArray request; ///< escaped
};

/// The lines of a file, but for empty ones and comments (#). None when it cannot be read.
inline QList<HostileLine> hostileLines(const QString &path)
{
    QList<HostileLine> out;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return out;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        const qsizetype first = line.indexOf(" | ");
        const qsizetype second = line.indexOf(" | ", first + 3);
        out.append({line.left(first), line.mid(first + 3, second - first - 3), line.mid(second + 3)});
    }
    return out;
}

} // namespace novita
