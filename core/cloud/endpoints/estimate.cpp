// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/estimate.h"

#include "core/cloud/endpoints/fieldnames.h"
#include "core/cloud/endpoints/fieldrules.h"

#include <algorithm>

namespace novita {

namespace {

constexpr int kMostResults = 64;

int resultsOf(const EndpointSpec &spec, const FormValues &form, const FormContext &context)
{
    const FieldSpec *count = spec.field(spec.output.countField);
    if (!count || !form.isShown(*count, context))
        return 1;
    const QJsonValue held = form.value(count->name);
    const double value = (isEmptyValue(held) ? count->serverDefault : held).toDouble(1);
    return static_cast<int>(std::clamp(value, 1.0, double(kMostResults)));
}

/// nullopt when the price hangs on something that the recipe does not tell.
std::optional<Money> pricePerImage(const PriceSpec &price, const Recipe &recipe)
{
    qint64 times = 1;
    qint64 reference = 1;
    if (price.pixels > 0) {
        const auto size = sizeOf(recipe.values.value(fields::kSize));
        if (!size)
            return std::nullopt;
        times *= qint64(size->first) * size->second;
        reference *= price.pixels;
    }
    if (price.steps > 0) {
        constexpr double kMostSteps = 1000;
        const double steps = recipe.values.value(fields::kSteps).toDouble();
        if (!(steps >= 1 && steps <= kMostSteps))
            return std::nullopt;
        times *= static_cast<qint64>(steps);
        reference *= price.steps;
    }
    // A product that has reached the end of the scale would come out of the division as a false price.
    const Money product = price.amount * times;
    if (times != 0 && product.priceUnits() / times != price.amount.priceUnits())
        return std::nullopt;
    const qint64 units = product.priceUnits();
    return Money::fromPriceUnits(units / reference + (units % reference >= (reference + 1) / 2 ? 1 : 0));
}

} // namespace

GenerationEstimate estimate(const EndpointSpec &spec, const Recipe &recipe, const RequestOptions &options)
{
    const FormValues form(spec, recipe);
    GenerationEstimate out;
    out.results = resultsOf(spec, form, {options.mode, options.base, nullptr, options.outputType});
    if (!spec.price)
        return out;
    std::optional<Money> each = pricePerImage(*spec.price, recipe);
    if (each && options.nsfwCheck && !spec.nsfw.enableWire.isEmpty())
        each = spec.nsfw.pricePerImage ? std::optional(*each + *spec.nsfw.pricePerImage) : std::nullopt;
    if (each)
        out.price = *each * out.results;
    return out;
}

} // namespace novita
