// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/syncimage.h"

#include "core/base/displaytext.h"
#include "core/cloud/types/common.h"

#include <algorithm>
#include <utility>

namespace novita {

namespace {

constexpr qsizetype kMostPromptChars = 8192;
constexpr qsizetype kMostTypeChars = 16;

QString typeOf(const QString &text)
{
    return displayLine(text.toLower(), kMostTypeChars); // a few letters become two
}

/// Takes pictures in until one of them is refused: then the log has the reason.
class Pictures
{
public:
    Pictures(SyncImageAnswer &answer, DecodeLog &log) : m_answer(answer), m_log(log) {}

    /// Bare base64, a data URI or an address.
    void take(const QString &text, const QString &type, const QString &path)
    {
        if (text.startsWith(QLatin1String("http://")) || text.startsWith(QLatin1String("https://")))
            takeAddress(text, type, path);
        else
            takeBase64(text, type, path);
    }

    void takeAll(const JsonReader &reader, QLatin1String key)
    {
        const QJsonArray items = reader.array(key);
        for (qsizetype i = 0; i < items.size(); ++i) {
            const QString path = reader.path() + QLatin1Char('.') + key + QLatin1Char('[') + QString::number(i) + QLatin1Char(']');
            if (items.at(i).isString())
                take(items.at(i).toString(), {}, path);
            else if (items.at(i).isObject())
                takeLink(JsonReader(items.at(i).toObject(), m_log, path));
            else
                m_log.warn(path, QStringLiteral("expected text or an object"));
        }
    }

private:
    void append(SyncImage image)
    {
        if (m_answer.images.size() < ImageTask::kMostLinks)
            m_answer.images.append(std::move(image));
    }

    void takeLink(const JsonReader &item)
    {
        if (std::optional<MediaLink> link = decodeImageLink(item))
            append({{}, std::move(*link)});
    }

    void takeAddress(const QString &text, const QString &type, const QString &path)
    {
        SyncImage image;
        image.link.address = webAddress(text);
        image.link.type = type;
        if (image.link.address.isEmpty())
            m_log.warn(path, QStringLiteral("no web address"));
        else
            append(std::move(image));
    }

    void takeBase64(const QString &text, QString type, const QString &path)
    {
        constexpr qsizetype kLongestPrefix = 100;
        QStringView data = text;
        if (data.startsWith(QLatin1String("data:"))) {
            const qsizetype comma = data.left(kLongestPrefix).indexOf(QLatin1Char(','));
            if (type.isEmpty())
                type = typeOf(data.left(std::max<qsizetype>(comma, 0)).mid(5).toString().section(QLatin1Char(';'), 0, 0).section(QLatin1Char('/'), 1));
            data = data.mid(comma + 1);
        }
        constexpr qint64 kBase64Group = 4;
        constexpr qint64 kBytesInGroup = 3;
        m_bytes += data.size() / kBase64Group * kBytesInGroup;
        if (m_bytes > SyncImageAnswer::kMostBytes) {
            m_log.fail(path, QStringLiteral("more than %1 MB of pictures").arg(SyncImageAnswer::kMostBytes / (1024 * 1024)));
            m_log.fatal->fault = ProtocolFault::TooLarge;
            return;
        }
        const auto decoded = QByteArray::fromBase64Encoding(data.toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded || decoded.decoded.isEmpty()) {
            m_log.fail(path, QStringLiteral("not base64"));
            return;
        }
        SyncImage image;
        image.bytes = decoded.decoded;
        image.link.type = type;
        append(std::move(image));
    }

    SyncImageAnswer &m_answer;
    DecodeLog &m_log;
    qint64 m_bytes = 0;
};

} // namespace

SyncImageAnswer decodeSyncImageAnswer(const QJsonValue &answer, DecodeLog &log)
{
    SyncImageAnswer out;
    const JsonReader reader(answer.toObject(), log);
    Pictures pictures(out, log);
    for (const QLatin1String key : {QLatin1String("image_file"), QLatin1String("image")}) {
        if (const QString file = reader.string(key); !file.isEmpty() && out.images.isEmpty())
            pictures.take(file, typeOf(reader.string(QLatin1String("image_type"))), QStringLiteral("$.") + key);
    }
    for (const QLatin1String key : {QLatin1String("image_urls"), QLatin1String("binary_data_base64"), QLatin1String("images")}) {
        if (!log.fatal)
            pictures.takeAll(reader, key);
    }
    out.prompt = firstString(reader, {QLatin1String("prompt"), QLatin1String("text"), QLatin1String("caption")}).left(kMostPromptChars);
    out.task = TaskId(reader.object(QLatin1String("task")).string(QLatin1String("task_id")));
    if (!log.fatal && out.images.isEmpty() && out.prompt.isEmpty())
        log.fail(QStringLiteral("$"), QStringLiteral("neither a picture nor a prompt"));
    return out;
}

} // namespace novita
