// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/imageparameters.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace novita {

namespace {

constexpr qsizetype kMostLoras = 64;
constexpr qsizetype kLongestTag = 512;

struct LibraryName
{
    const char *library;
    const char *webUi;
};

constexpr std::array kSamplers{
    LibraryName{"euler", "Euler"},
    LibraryName{"euler_ancestral", "Euler a"},
    LibraryName{"euler_a", "Euler a"},
    LibraryName{"lms", "LMS"},
    LibraryName{"heun", "Heun"},
    LibraryName{"dpm_2", "DPM2"},
    LibraryName{"dpm_2_ancestral", "DPM2 a"},
    LibraryName{"kdpm_2", "DPM2"},
    LibraryName{"kdpm_2_a", "DPM2 a"},
    LibraryName{"dpmpp_2s_ancestral", "DPM++ 2S a"},
    LibraryName{"dpmpp_2s", "DPM++ 2S a"},
    LibraryName{"dpmpp_2m", "DPM++ 2M"},
    LibraryName{"dpmpp_sde", "DPM++ SDE"},
    LibraryName{"dpmpp_2m_sde", "DPM++ 2M SDE"},
    LibraryName{"dpmpp_3m", "DPM++ 3M"},
    LibraryName{"dpmpp_3m_sde", "DPM++ 3M SDE"},
    LibraryName{"dpm_fast", "DPM fast"},
    LibraryName{"dpm_adaptive", "DPM adaptive"},
    LibraryName{"ddim", "DDIM"},
    LibraryName{"pndm", "PLMS"},
    LibraryName{"plms", "PLMS"},
    LibraryName{"uni_pc", "UniPC"},
    LibraryName{"unipc", "UniPC"},
    LibraryName{"lcm", "LCM"},
    LibraryName{"ddpm", "DDPM"},
};

constexpr std::array kSchedules{
    LibraryName{"karras", "Karras"},
    LibraryName{"exponential", "Exponential"},
    LibraryName{"normal", "Normal"},
    LibraryName{"simple", "Simple"},
    LibraryName{"beta", "Beta"},
    LibraryName{"sgm_uniform", "SGM Uniform"},
    LibraryName{"ddim_uniform", "DDIM"},
};

/// At the end of a one-part name; the others never stood there.
constexpr std::array kNamedSchedules{"Karras", "Exponential"};

template<typename Table>
std::optional<QString> lookUp(const Table &table, const QString &name)
{
    const auto found = std::find_if(table.begin(), table.end(), [&](const LibraryName &entry) { return name == QLatin1String(entry.library); });
    return found == table.end() ? std::nullopt : std::optional(QString::fromLatin1(found->webUi));
}

/// One tag: where it begins and ends in the text, and what it says.
struct LoraTag
{
    qsizetype begin = 0;
    qsizetype end = 0;
    LoraUse use;
};

std::optional<LoraTag> nextTag(const QString &prompt, qsizetype from)
{
    const QLatin1String opening("<lora:");
    for (qsizetype begin = prompt.indexOf(opening, from); begin >= 0; begin = prompt.indexOf(opening, begin + 1)) {
        const QStringView inside = QStringView(prompt).sliced(begin + opening.size()).left(kLongestTag);
        const auto end = std::find_if(inside.begin(), inside.end(), [](QChar c) { return c == u'>' || c == u'<' || c == u'\n' || c == u'\r'; });
        if (end == inside.end() || *end != u'>')
            continue;
        const qsizetype close = end - inside.begin();
        const QStringView content = inside.first(close);
        const qsizetype colon = content.indexOf(u':');
        const QString name = (colon < 0 ? content : content.first(colon)).trimmed().toString();
        if (name.isEmpty())
            continue;
        // Behind a second colon stand block weights and the like, which have no place here.
        bool number = false;
        const double weight = colon < 0 ? 1.0 : content.sliced(colon + 1).split(u':').constFirst().trimmed().toDouble(&number);
        return LoraTag{begin, begin + opening.size() + close + 1, {name, number && std::isfinite(weight) ? weight : 1.0}};
    }
    return std::nullopt;
}

} // namespace

QString ImageParameters::value(QStringView key) const
{
    const auto found = std::find_if(pairs.begin(), pairs.end(), [&](const ParameterPair &pair) { return pair.key == key; });
    return found == pairs.end() ? QString() : found->value;
}

void ImageParameters::setValue(const QString &key, const QString &value)
{
    const auto found = std::find_if(pairs.begin(), pairs.end(), [&](const ParameterPair &pair) { return pair.key == key; });
    if (found == pairs.end()) {
        if (!value.isEmpty())
            pairs.append({key, value});
    } else if (value.isEmpty()) {
        pairs.erase(found);
    } else {
        found->value = value;
    }
}

SamplerName splitSamplerName(const QString &name)
{
    for (const char *schedule : kNamedSchedules) {
        const QString ending = QLatin1Char(' ') + QLatin1String(schedule);
        if (name.endsWith(ending, Qt::CaseInsensitive) && name.size() > ending.size())
            return {name.chopped(ending.size()).trimmed(), QString::fromLatin1(schedule)};
    }
    return {name, {}};
}

QString joinSamplerName(const SamplerName &name)
{
    static const std::array plain{QLatin1String(""), QLatin1String("Automatic"), QLatin1String("Uniform"), QLatin1String("Normal")};
    const bool isPlain = std::any_of(plain.begin(), plain.end(),
                                     [&](QLatin1String schedule) { return name.scheduleType.compare(schedule, Qt::CaseInsensitive) == 0; });
    // Older texts name the schedule twice.
    if (isPlain || name.sampler.endsWith(QLatin1Char(' ') + name.scheduleType, Qt::CaseInsensitive))
        return name.sampler;
    return name.sampler + QLatin1Char(' ') + name.scheduleType;
}

SamplerName samplerFromLibraryName(const QString &sampler, const QString &scheduler)
{
    const bool karras = sampler.endsWith(QLatin1String("_k"));
    const QString plain = karras ? sampler.chopped(2) : sampler;
    SamplerName name;
    name.sampler = lookUp(kSamplers, plain).value_or(plain);
    name.scheduleType = karras ? QStringLiteral("Karras") : lookUp(kSchedules, scheduler).value_or(scheduler);
    return name;
}

QList<LoraUse> lorasOfPrompt(const QString &prompt)
{
    QList<LoraUse> loras;
    for (std::optional<LoraTag> tag = nextTag(prompt, 0); tag && loras.size() < kMostLoras; tag = nextTag(prompt, tag->end)) {
        const bool known = std::any_of(loras.begin(), loras.end(), [&](const LoraUse &use) { return use.name == tag->use.name; });
        if (!known)
            loras.append(tag->use);
    }
    return loras;
}

QString promptWithoutLoras(const QString &prompt)
{
    QString out;
    qsizetype at = 0;
    for (std::optional<LoraTag> tag = nextTag(prompt, 0); tag; tag = nextTag(prompt, at)) {
        QStringView before = QStringView(prompt).sliced(at, tag->begin - at);
        // A blank on both sides would leave two.
        if (before.endsWith(u' ') && (tag->end == prompt.size() || prompt.at(tag->end).isSpace()))
            before.chop(1);
        out += before;
        at = tag->end;
    }
    out += QStringView(prompt).sliced(at);
    return out.trimmed();
}

} // namespace novita
