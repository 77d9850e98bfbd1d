// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/gzip.h"

#include <QList>

#include <limits>

#include <zlib.h>

namespace novita {

namespace {

constexpr int kGzipWindow = 15 + 16; // 16 asks zlib for the gzip wrapper
constexpr int kMemoryLevel = 8;

} // namespace

QByteArray gzipCompress(const QByteArray &data)
{
    z_stream stream{};
    if (data.size() > std::numeric_limits<int>::max()
        || deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzipWindow, kMemoryLevel, Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    QByteArray out(qsizetype(deflateBound(&stream, uLong(data.size()))), Qt::Uninitialized);
    // zlib does not write through next_in; its interface merely predates const.
    stream.next_in = const_cast<Bytef *>(reinterpret_cast<const Bytef *>(data.constData()));
    stream.avail_in = uInt(data.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = uInt(out.size());
    const int result = deflate(&stream, Z_FINISH);
    out.truncate(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return result == Z_STREAM_END ? out : QByteArray();
}

bool acceptsGzip(const QByteArray &acceptEncoding)
{
    bool star = false;
    for (const QByteArray &item : acceptEncoding.split(',')) {
        const QList<QByteArray> parts = item.split(';');
        const QByteArray coding = parts.first().trimmed().toLower();
        bool allowed = true;
        for (qsizetype i = 1; i < parts.size(); ++i) {
            const QByteArray parameter = parts.at(i).trimmed().toLower();
            if (parameter.startsWith("q="))
                allowed = parameter.mid(2).toDouble() > 0.0;
        }
        if (coding == "gzip" || coding == "x-gzip")
            return allowed;
        if (coding == "*")
            star = allowed;
    }
    return star;
}

} // namespace novita
