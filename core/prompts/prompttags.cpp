// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prompts/prompttags.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace novita::prompttags {

std::optional<PromptTag> first(QStringView text)
{
    static constexpr std::array kKinds{QLatin1String("lora"), QLatin1String("lyco"), QLatin1String("hypernet")};
    if (!text.startsWith(u'<'))
        return {};
    const auto known = std::find_if(kKinds.begin(), kKinds.end(),
                                    [text](QLatin1String kind) { return text.mid(1).startsWith(kind) && text.mid(1 + kind.size()).startsWith(u':'); });
    if (known == kKinds.end())
        return {};
    const qsizetype nameAt = known->size() + 2;
    qsizetype end = nameAt;
    while (end < text.size() && text.at(end) != u'>' && text.at(end) != u'<' && text.at(end) != u'\n')
        ++end;
    if (end >= text.size() || text.at(end) != u'>')
        return {};
    PromptTag tag;
    tag.kind = *known;
    tag.length = end + 1;
    const qsizetype colon = text.first(end).indexOf(u':', nameAt);
    tag.name = text.sliced(nameAt, (colon < 0 ? end : colon) - nameAt).trimmed().toString();
    tag.weightPosition = colon < 0 ? end : colon + 1;
    if (colon >= 0) {
        const qsizetype next = text.first(end).indexOf(u':', colon + 1);
        tag.weightLength = (next < 0 ? end : next) - tag.weightPosition;
        bool isNumber = false;
        const double weight = text.sliced(tag.weightPosition, tag.weightLength).trimmed().toDouble(&isNumber);
        if (isNumber && std::isfinite(weight))
            tag.weight = weight;
    }
    return tag;
}

QList<PromptTag> all(QStringView text)
{
    QList<PromptTag> out;
    for (qsizetype at = text.indexOf(u'<'); at >= 0; at = text.indexOf(u'<', at)) {
        std::optional<PromptTag> tag = first(text.sliced(at));
        if (tag) {
            tag->position = at;
            tag->weightPosition += at;
            out.append(*tag);
        }
        at += tag ? tag->length : 1;
    }
    return out;
}

QString removed(const QString &text)
{
    QString out;
    qsizetype at = 0;
    const auto isFiller = [](QChar c) { return c == u' ' || c == u'\t' || c == u','; };
    const QList<PromptTag> tags = all(text);
    for (const PromptTag &tag : tags) {
        out += QStringView(text).sliced(at, tag.position - at);
        at = tag.position + tag.length;
        if (out.isEmpty() || isFiller(out.back()) || out.back() == u'\n') {
            while (at < text.size() && isFiller(text.at(at)))
                ++at;
        }
    }
    out += QStringView(text).sliced(at);
    if (!tags.isEmpty()) {
        while (!out.isEmpty() && (isFiller(out.back()) || out.back() == u'\n'))
            out.chop(1);
    }
    return out;
}

} // namespace novita::prompttags
