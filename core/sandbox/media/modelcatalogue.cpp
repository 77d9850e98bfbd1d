// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/media/modelcatalogue.h"

#include "core/sandbox/sandboxrandom.h"

#include <QJsonArray>
#include <QStringList>

#include <algorithm>
#include <array>

namespace novita {

namespace {

struct Kind
{
    const char *type;
    const char *display;
    const char *extension; ///< of the file
    int count;
};
constexpr std::array kKinds{Kind{"checkpoint", "Checkpoint", ".safetensors", 120}, Kind{"lora", "LORA", ".safetensors", 110},
                            Kind{"textualinversion", "Textual Inversion", ".pt", 30}, Kind{"vae", "VAE", ".safetensors", 12}};

constexpr std::array kFirst{"tidepool", "amber", "basalt", "cinder", "dune", "ember", "fable", "glasswing", "harbour", "inkwell", "juniper", "kiln",
                            "lantern", "meadow", "northlight", "opal", "paperboat", "quarry", "rookery", "saffron", "thistle", "umbra", "vellum", "willow"};
constexpr std::array kSecond{"Mix", "Dream", "Real", "Toon", "Vision", "Craft", "Flux", "Story", "Lux", "Noir", "Ink", "Bloom"};
constexpr std::array kLora{"detail", "watercolour", "linocut", "isometric", "film_grain", "macro", "ceramic", "neon_rain", "blueprint", "gouache"};
constexpr std::array kTags{"base model", "style", "photography", "painterly", "character", "landscape", "architecture", "animal", "anime", "portrait",
                           "illustration", "product", "3d", "vintage"};
constexpr std::array kBases{"SD 1.5", "SD 1.5", "SDXL 1.0", "SDXL 1.0", "Pony", "SD 2.1"};

constexpr std::array kControlNets15{"control_v11e_sd15_ip2p", "control_v11e_sd15_shuffle", "control_v11f1e_sd15_tile", "control_v11f1p_sd15_depth",
                                    "control_v11p_sd15_canny", "control_v11p_sd15_inpaint", "control_v11p_sd15_lineart", "control_v11p_sd15_mlsd",
                                    "control_v11p_sd15_normalbae", "control_v11p_sd15_openpose", "control_v11p_sd15_scribble", "control_v11p_sd15_seg",
                                    "control_v11p_sd15_softedge", "control_v11p_sd15s2_lineart_anime", "control_v1p_sd15_brightness",
                                    "control_v1p_sd15_qrcode_monster", "control_v1p_sd15_qrcode_monster_v2"};
constexpr std::array kControlNetsXl{"controlnet-canny-sdxl-1.0", "controlnet-depth-sdxl-1.0", "controlnet-openpose-sdxl-1.0", "controlnet-softedge-sdxl-1.0"};
constexpr std::array kUpscalers{"RealESRGAN_x4plus_anime_6B", "RealESRNet_x4plus", "4x-UltraSharp"};

template<typename Array>
QString pick(const Array &words, QRandomGenerator64 &random)
{
    return QString::fromLatin1(words.at(std::size_t(random.generate() % words.size())));
}

class Maker
{
public:
    explicit Maker(quint64 seed) : m_random(seededRandom(seed ^ 0x6d6f64656c73ULL)) {}

    QList<QJsonObject> all()
    {
        for (const Kind &kind : kKinds) {
            for (int i = 0; i < kind.count; ++i)
                m_models.append(invented(kind, i));
        }
        for (const char *name : kControlNets15)
            known(name, "controlnet", "Controlnet", "SD 1.5");
        for (const char *name : kControlNetsXl)
            known(name, "controlnet", "Controlnet", "SDXL 1.0");
        for (const char *name : kUpscalers)
            known(name, "upscaler", "Upscaler", "");
        return m_models;
    }

private:
    QJsonObject row(const QString &fileName, const QString &apiName, const QString &type, const QString &display, const QString &base)
    {
        m_id += 1 + qint64(m_random.generate() % 340);
        const QString hash = QStringLiteral("%1").arg(m_random.generate(), 16, 16, QLatin1Char('0')).left(10).toUpper();
        const bool sdxl = base == QLatin1String("SDXL 1.0") || base == QLatin1String("Pony");
        return {{QStringLiteral("id"), m_id}, {QStringLiteral("hash_sha256"), hash}, {QStringLiteral("sd_name"), fileName},
                {QStringLiteral("sd_name_in_api"), apiName}, {QStringLiteral("categories"), QJsonArray()}, {QStringLiteral("status"), 1},
                {QStringLiteral("type"), QJsonObject{{QStringLiteral("name"), type}, {QStringLiteral("display_name"), display}}},
                {QStringLiteral("source"), QStringLiteral("civitai")}, {QStringLiteral("base_model"), base}, {QStringLiteral("base_model_type"), QStringLiteral("Standard")},
                {QStringLiteral("visibility"), QStringLiteral("public")}, {QStringLiteral("download_url_ttl"), 2'592'000}, {QStringLiteral("is_sdxl"), sdxl},
                {QStringLiteral("is_nsfw"), false}, {QStringLiteral("tags"), QJsonArray()}, {QStringLiteral("name"), fileName}};
    }

    QJsonObject invented(const Kind &kind, int number)
    {
        const QString type = QString::fromLatin1(kind.type);
        const bool lora = type == QLatin1String("lora");
        const QString stem = lora ? pick(kFirst, m_random) + u'_' + pick(kLora, m_random) : pick(kFirst, m_random) + pick(kSecond, m_random);
        const int version = 1 + int(m_random.generate() % 8);
        // Some models paint only what a mask tells them to.
        const bool inpainting = type == QLatin1String("checkpoint") && number % 12 == 5;
        const QString base = type == QLatin1String("textualinversion") ? QStringLiteral("SD 1.5") : inpainting ? QStringLiteral("SD 1.5") : pick(kBases, m_random);
        const QString file = stem + (inpainting ? QStringLiteral("-inpainting") : QString()) + QStringLiteral("_v%1_%2").arg(version).arg(m_id);
        const QString extension = QString::fromLatin1(kind.extension);
        const QString inApi = lora || type == QLatin1String("textualinversion") ? file : file + extension;
        QJsonObject model = row(file + extension, inApi, lora && number % 9 == 4 ? QStringLiteral("locon") : type, QString::fromLatin1(kind.display), base);
        model.insert(QStringLiteral("name"), number % 3 == 0 ? QStringLiteral("v%1.0").arg(version) : stem + QStringLiteral(" v%1").arg(version));
        if (inpainting)
            model.insert(QStringLiteral("base_model_type"), QStringLiteral("Inpainting"));
        QStringList tags{pick(kTags, m_random)};
        if (const QString more = pick(kTags, m_random); !tags.contains(more))
            tags.append(more);
        model.insert(QStringLiteral("tags"), QJsonArray::fromStringList(tags));
        if (number % 15 == 7) {
            model.insert(QStringLiteral("visibility"), QStringLiteral("private"));
            model.insert(QStringLiteral("source"), number % 2 == 0 ? QStringLiteral("training") : QStringLiteral("uploading"));
        }
        if (number % 10 == 9)
            model.insert(QStringLiteral("is_nsfw"), true);
        if (number % 40 == 39)
            model.insert(QStringLiteral("status"), 0);
        return model;
    }

    void known(const char *name, const char *type, const char *display, const char *base)
    {
        const QString text = QString::fromLatin1(name);
        m_models.append(row(text, text, QString::fromLatin1(type), QString::fromLatin1(display), QString::fromLatin1(base)));
        m_models.last().remove(QStringLiteral("source")); // as the cloud leaves it out for what it brought along itself
    }

    QRandomGenerator64 m_random;
    qint64 m_id = 1000;
    QList<QJsonObject> m_models;
};

bool mentions(const QJsonObject &model, const QString &text)
{
    const auto has = [&](const QJsonValue &value) { return value.toString().contains(text, Qt::CaseInsensitive); };
    const QJsonArray tags = model.value(QLatin1String("tags")).toArray();
    return has(model.value(QLatin1String("sd_name"))) || has(model.value(QLatin1String("name"))) || std::any_of(tags.begin(), tags.end(), has);
}

bool matches(const QJsonObject &model, const CatalogueFilter &filter)
{
    const QString type = model.value(QLatin1String("type"))[QLatin1String("name")].toString();
    const auto is = [&](const char *key, const QString &wanted) { return wanted.isEmpty() || model.value(QLatin1String(key)).toString() == wanted; };
    const auto flag = [](std::optional<bool> wanted, bool has) { return !wanted || *wanted == has; };
    // A locon is found among the LoRAs, which is why its type is none of the filter's values.
    return (filter.type.isEmpty() || type == filter.type || (filter.type == QLatin1String("lora") && type == QLatin1String("locon")))
        && is("visibility", filter.visibility) && is("source", filter.source) && flag(filter.sdxl, model.value(QLatin1String("is_sdxl")).toBool())
        && (!filter.inpainting.value_or(false) || model.value(QLatin1String("base_model_type")) == QLatin1String("Inpainting"))
        && flag(filter.nsfw, model.value(QLatin1String("is_nsfw")).toBool()) && (filter.query.isEmpty() || mentions(model, filter.query));
}

} // namespace

ModelCatalogue::ModelCatalogue(quint64 seed) : m_models(Maker(seed).all()) {}

QList<QJsonObject> ModelCatalogue::matching(const CatalogueFilter &filter) const
{
    QList<QJsonObject> found;
    std::copy_if(m_models.cbegin(), m_models.cend(), std::back_inserter(found), [&](const QJsonObject &model) { return matches(model, filter); });
    return found;
}

QJsonObject ModelCatalogue::named(const QString &name) const
{
    const auto found = std::find_if(m_models.cbegin(), m_models.cend(), [&](const QJsonObject &model) {
        return model.value(QLatin1String("sd_name")) == name || model.value(QLatin1String("sd_name_in_api")) == name;
    });
    return found == m_models.cend() ? QJsonObject() : *found;
}

QJsonObject ModelCatalogue::byId(qint64 id) const
{
    const auto found = std::find_if(m_models.cbegin(), m_models.cend(), [&](const QJsonObject &model) { return model.value(QLatin1String("id")).toInteger() == id; });
    return found == m_models.cend() ? QJsonObject() : *found;
}

} // namespace novita
