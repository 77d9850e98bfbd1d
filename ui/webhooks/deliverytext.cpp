// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/deliverytext.h"

#include "core/base/displaytext.h"
#include "ui/requesttext.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QStringDecoder>
#include <QStringList>

#include <algorithm>
#include <array>

namespace novita::deliverytext {

namespace {

struct DeliveryText
{
    Q_DECLARE_TR_FUNCTIONS(DeliveryText)
};

constexpr int kIndent = 2;
constexpr int kDeepestIndent = 24; ///< levels; a hostile body would blow up to many times its size
constexpr qsizetype kBytesPerLine = 16;
const QString kBlot(3, QChar(0x2022));

QString hexByte(char byte)
{
    return QStringLiteral("%1").arg(static_cast<uint>(static_cast<unsigned char>(byte)), 2, 16, QLatin1Char('0'));
}

/// Length of the UTF-8 sequence that begins at `at`; 0 when none does.
qsizetype sequenceLength(const QByteArray &bytes, qsizetype at)
{
    const auto first = static_cast<unsigned char>(bytes.at(at));
    const qsizetype length = first < 0x80 ? 1 : first >= 0xc2 && first < 0xe0 ? 2 : (first & 0xf0) == 0xe0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
    if (length == 0 || at + length > bytes.size())
        return 0;
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = decoder.decode(QByteArrayView(bytes).sliced(at, length));
    return decoder.hasError() || decoded.isEmpty() ? 0 : length;
}

/// The headers that the transport makes anew.
bool isOfTransport(const QByteArray &name)
{
    static constexpr std::array<const char *, 9> kNames{"host", "content-length", "connection", "expect", "transfer-encoding", "keep-alive", "accept-encoding", "te", "trailer"};
    const QByteArray lower = name.toLower();
    return std::any_of(kNames.begin(), kNames.end(), [&lower](const char *known) { return lower == known; });
}

/// Between double quotes a shell looks for these.
QString inDoubleQuotes(QString text)
{
    for (const QChar c : {QLatin1Char('\\'), QLatin1Char('"'), QLatin1Char('`'), QLatin1Char('$')})
        text.replace(c, QString(QLatin1Char('\\')) + c);
    return text;
}

/// The secret end of a path was blotted out when it was stored: a variable stands for it.
QString quotedUrl(const QString &url)
{
    if (!url.endsWith(QLatin1Char('/') + kBlot))
        return shellQuoted(url);
    return QLatin1Char('"') + inDoubleQuotes(url.chopped(kBlot.size())) + QStringLiteral("$WEBHOOK_PATH_TOKEN\"");
}

/// Re-indents well-formed JSON token by token.
class Indenter
{
public:
    QByteArray run(const QByteArray &json)
    {
        m_out.reserve(json.size() * 2);
        for (qsizetype i = 0; i < json.size(); ++i) {
            const char c = json.at(i);
            if (m_inText)
                text(c);
            else if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
                continue;
            else
                token(c, json, i);
        }
        return m_out;
    }

private:
    void text(char c)
    {
        m_out += c;
        m_inText = m_escaped || c != '"';
        m_escaped = !m_escaped && c == '\\';
    }

    void token(char c, const QByteArray &json, qsizetype at)
    {
        switch (c) {
        case '{':
        case '[':
            m_out += c;
            m_isEmpty = nextToken(json, at) == (c == '{' ? '}' : ']');
            ++m_depth;
            if (!m_isEmpty)
                newLine();
            break;
        case '}':
        case ']':
            --m_depth;
            if (!m_isEmpty)
                newLine();
            m_isEmpty = false;
            m_out += c;
            break;
        case ',':
            m_out += c;
            newLine();
            break;
        case ':':
            m_out += ": ";
            break;
        case '"':
            m_inText = true;
            [[fallthrough]];
        default:
            m_out += c;
            break;
        }
    }

    static char nextToken(const QByteArray &json, qsizetype at)
    {
        do
            ++at;
        while (at < json.size() && QByteArrayView(" \t\r\n").contains(json.at(at)));
        return at < json.size() ? json.at(at) : '\0';
    }

    void newLine()
    {
        m_out += '\n';
        m_out.append(std::min(m_depth, kDeepestIndent) * kIndent, ' ');
    }

    QByteArray m_out;
    int m_depth = 0;
    bool m_inText = false;
    bool m_escaped = false;
    bool m_isEmpty = false;
};

} // namespace

std::optional<QString> prettyJson(const QByteArray &body)
{
    if (body.size() > kMostShown)
        return std::nullopt;
    QJsonParseError error;
    QJsonDocument::fromJson(body, &error);
    if (error.error != QJsonParseError::NoError)
        return std::nullopt;
    return escapedText(Indenter().run(body));
}

QString escapedText(const QByteArray &bytes)
{
    QString out;
    out.reserve(bytes.size());
    for (qsizetype at = 0; at < bytes.size();) {
        const char c = bytes.at(at);
        if ((c >= ' ' && c <= '~') || c == '\n' || c == '\t') {
            out += QLatin1Char(c);
            ++at;
            continue;
        }
        const qsizetype length = sequenceLength(bytes, at);
        const QString decoded = length > 1 ? QString::fromUtf8(bytes.constData() + at, length) : QString();
        const char32_t character = decoded.size() == 2 ? QChar::surrogateToUcs4(decoded.front(), decoded.back()) : decoded.isEmpty() ? U'\0' : decoded.front().unicode();
        if (!isUnseen(character)) {
            out += decoded;
            at += length;
            continue;
        }
        for (qsizetype i = 0; i < std::max<qsizetype>(length, 1); ++i)
            out += QStringLiteral("\\x") + hexByte(bytes.at(at++));
    }
    return out;
}

QString hexDump(const QByteArray &bytes)
{
    QString out;
    out.reserve(bytes.size() * 5);
    for (qsizetype at = 0; at < bytes.size(); at += kBytesPerLine) {
        const QByteArray line = bytes.mid(at, kBytesPerLine);
        QString hex, seen;
        for (qsizetype i = 0; i < kBytesPerLine; ++i) {
            hex += i < line.size() ? hexByte(line.at(i)) + QLatin1Char(' ') : QStringLiteral("   ");
            if (i == kBytesPerLine / 2 - 1)
                hex += QLatin1Char(' ');
        }
        for (const char c : line)
            seen += c >= ' ' && c <= '~' ? QLatin1Char(c) : QLatin1Char('.');
        out += QStringLiteral("%1  %2 %3\n").arg(at, 8, 16, QLatin1Char('0')).arg(hex, seen);
    }
    out.chop(1);
    return out;
}

QString curlCommand(const Delivery &delivery, const QString &url)
{
    QStringList notes;
    QString options;
    for (const HttpHeaders::Field &field : delivery.headers) {
        if (isOfTransport(field.name))
            continue;
        const QString name = QString::fromLatin1(field.name);
        const QString value = QString::fromUtf8(field.value);
        if (!isSafeToPaste(name + value)) {
            notes.append(DeliveryText::tr("The header %1 was left out: it holds what is not safe to paste.").arg(displayLine(name, 64)));
            continue;
        }
        if (value == kBlot)
            notes.append(DeliveryText::tr("The header %1 was blotted out: fill it in before you run this.").arg(name));
        options += QStringLiteral(" \\\n  -H ") + shellQuoted(name + QStringLiteral(": ") + value);
    }
    const QString command = QStringLiteral("curl -sS -X POST ") + quotedUrl(url) + options;
    const QString text = QString::fromUtf8(delivery.body);
    const QString comments = notes.isEmpty() ? QString() : QStringLiteral("# ") + notes.join(QStringLiteral("\n# ")) + QLatin1Char('\n');
    if (isSafeToPaste(text) && text.toUtf8() == delivery.body)
        return comments + command + QStringLiteral(" \\\n  --data-raw ") + shellQuoted(text);
    return comments + QStringLiteral("printf %s ") + shellQuoted(QString::fromLatin1(delivery.body.toBase64())) + QStringLiteral(" | base64 -d | \\\n") + command
           + QStringLiteral(" \\\n  --data-binary @-");
}

QString fileName(const Delivery &delivery)
{
    QJsonParseError error{0, QJsonParseError::NoError};
    if (delivery.body.size() <= kMostShown)
        QJsonDocument::fromJson(delivery.body, &error);
    else if (!delivery.body.startsWith('{') && !delivery.body.startsWith('['))
        error.error = QJsonParseError::IllegalValue;
    return QStringLiteral("delivery-%1.%2").arg(delivery.id).arg(error.error == QJsonParseError::NoError ? QLatin1String("json") : QLatin1String("bin"));
}

} // namespace novita::deliverytext
