// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/endpointloader.h"
#include "core/cloud/endpoints/endpointtable.h"
#include "core/cloud/endpoints/estimate.h"
#include "core/cloud/endpoints/retirement.h"
#include "core/cloud/endpoints/schemaform.h"
#include "fuzztarget.h"

#include <QByteArray>
#include <QJsonDocument>

using namespace novita;

// A file that somebody has put into the folder of endpoint files. Refused, or a form that can be filled in, priced and sent to nothing but an
// image path. The same bytes as a schema of a video model, and as a recipe for the file's form.

namespace {

void use(const EndpointSpec &spec, const QJsonObject &values)
{
    require(spec.path.startsWith(QLatin1String("/v3")) || spec.path.startsWith(QLatin1String("/sdapi/v1/")), "an image path");
    require(!spec.path.contains(QLatin1String("..")) && !spec.path.contains(QLatin1String("//")), "no way out of it");
    require(!spec.modes.isEmpty(), "a mode");
    const InputImages images{{QStringLiteral("a"), {"hello", QStringLiteral("png"), 512, 512, {}}}};
    FormValues form = FormValues::initial(spec);
    for (auto it = values.begin(); it != values.end(); ++it)
        form.set(it.key(), it.value());
    for (const LeftoverValue &value : form.leftovers())
        require(value.text.size() <= 501, "a line to read");
    const FormContext context{{}, ModelBase::Sdxl, &images, {}};
    const bool sound = form.problems(context).isEmpty();
    RequestOptions options;
    options.base = ModelBase::Sdxl;
    const Recipe drawn = drawSeeds(spec, form.recipe(), [] { return ~std::uint64_t(0); });
    const Result<QJsonObject> body = requestBody(spec, drawn, images, options);
    require(sound || !body, "what has problems is not sent");
    require(estimate(spec, drawn, options).results >= 1, "a number of results");
    require(!standingOn(spec, QDate(2026, 11, 1)).sentence.contains(QLatin1Char('\n')), "a sentence");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const ChoiceLists lists{{QStringLiteral("samplers"), {{QStringLiteral("Euler"), QStringLiteral("Euler"), ModelBase::Unknown}}}};
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    if (const Result<EndpointSpec> spec = parseEndpoint(bytes, QStringLiteral("mine.json"), lists))
        use(*spec, object.value(QLatin1String("constants")).toObject());
    if (const Result<EndpointSpec> spec = endpointOfSchema(QStringLiteral("model"), object))
        use(*spec, object.value(QLatin1String("default")).toObject());
    return 0;
}
