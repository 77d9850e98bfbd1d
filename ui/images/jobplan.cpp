// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/jobplan.h"

#include "core/cloud/endpoints/estimate.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/prompts/prompttags.h"

#include <QJsonArray>
#include <QUuid>

#include <algorithm>
#include <cmath>

namespace novita::jobplan {

namespace {

constexpr double kMostDrawn = 4294967295.0;

bool isDynamic(const JobOrder &order)
{
    return order.prompt.isDynamic() || order.negative.isDynamic();
}

bool isPerPicture(const JobOrder &order)
{
    return isDynamic(order) && order.mode == ExpansionMode::Random;
}

void collectInputs(const QList<FieldSpec> &fields, const QJsonObject &values, QJsonObject &inputs)
{
    for (const FieldSpec &field : fields) {
        const QJsonValue value = values.value(field.name);
        const QJsonArray several = value.isArray() ? value.toArray() : QJsonArray{value};
        for (const QJsonValue &one : several) {
            if (field.isImage() && !one.toString().isEmpty())
                inputs.insert(one.toString(), one.toString());
            else if (one.isObject() && !field.items.isEmpty())
                collectInputs(field.items, one.toObject(), inputs);
        }
    }
}

/// The endpoint's own way to say what stands in the prompt: it would take the tags for words.
void moveLoraTags(const EndpointSpec &spec, QJsonObject &values)
{
    const FieldSpec *loras = spec.field(fields::kLoras);
    if (spec.family != EndpointFamily::SdAsync || !loras || !loras->item("model") || !loras->item("strength"))
        return;
    const QString text = values.value(fields::kPrompt).toString();
    QJsonArray rows = values.value(fields::kLoras).toArray();
    const QList<PromptTag> tags = prompttags::all(text);
    for (const PromptTag &tag : tags) {
        const bool isThere = std::any_of(rows.begin(), rows.end(), [&tag](const QJsonValue &row) { return row.toObject().value(QLatin1String("model")).toString() == tag.name; });
        if (tag.kind == QLatin1String("lora") && !isThere && rows.size() < loras->mostItems)
            rows.append(QJsonObject{{QStringLiteral("model"), tag.name}, {QStringLiteral("strength"), tag.weight}});
    }
    if (tags.isEmpty())
        return;
    values.insert(fields::kPrompt, prompttags::removed(text));
    values.insert(fields::kLoras, rows);
}

/// Seeds of one order: the locked or a drawn one, and those behind it, round at the end of what the endpoint takes.
class Seeds
{
public:
    Seeds(const EndpointSpec &spec, const QJsonObject &values, const std::function<double()> &random) : m_field(spec.field(fields::kSeed))
    {
        const double held = values.value(fields::kSeed).toDouble(-1);
        m_most = m_field && m_field->most ? std::min(*m_field->most, kMostDrawn) : kMostDrawn;
        m_isLocked = held >= 0;
        m_first = m_isLocked ? held : std::floor(random() * m_most);
    }
    bool hasField() const { return m_field; }
    bool isLocked() const { return m_isLocked; }
    qint64 at(quint64 index) const
    {
        const double seed = m_first + static_cast<double>(index);
        return static_cast<qint64>(seed <= std::max(m_most, m_first) ? seed : seed - m_first);
    }

private:
    const FieldSpec *m_field;
    bool m_isLocked = false;
    double m_first = 0;
    double m_most = 0;
};

} // namespace

JobPlan plan(const EndpointSpec &spec, const JobOrder &order)
{
    const GenerationEstimate each = estimate(spec, order.recipe, order.options);
    const quint64 results = static_cast<quint64>(std::max(each.results, 1));
    JobPlan out{1, results, each.price, {}, spec.family == EndpointFamily::WebUi};
    if (!isDynamic(order))
        return out;
    if (isPerPicture(order)) {
        out.jobs = results;
        return out;
    }
    const ExpansionPlan expansion = planExpansion(order.prompt, ExpansionMode::Combinations, 1, kMostJobs);
    out.jobs = expansion.planned;
    out.results = saturatingProduct(expansion.planned, results);
    out.sentence = expansion.sentence;
    if (out.price)
        out.price = *out.price * static_cast<qint64>(expansion.planned);
    return out;
}

QList<NewImageJob> make(const EndpointSpec &spec, const JobOrder &order, const std::function<double()> &random)
{
    const JobPlan whole = plan(spec, order);
    const Seeds seeds(spec, order.recipe.values, random);
    const bool perPicture = isPerPicture(order);
    FormContext context;
    context.mode = order.options.mode;
    context.base = order.options.base;
    // Else the picture's file would tell of settings that had no part in it.
    const Recipe used = FormValues(spec, order.recipe).used(context);
    const QString batch = whole.jobs > 1 ? QUuid::createUuid().toString(QUuid::WithoutBraces) : QString();
    NewImageJob one;
    one.backend = order.backend;
    one.options = order.options;
    one.batch = batch;
    one.expected = perPicture ? 1 : estimate(spec, order.recipe, order.options).results;
    collectInputs(spec.fields, used.values, one.inputs);
    if (order.prompt.isDynamic())
        one.promptTemplate = order.prompt.templateText();
    const auto bits = [&random] { return static_cast<std::uint64_t>(random() * kMostDrawn); };
    QList<NewImageJob> jobs;
    for (quint64 i = 0; i < whole.jobs; ++i) {
        one.recipe = used;
        QJsonObject &values = one.recipe.values;
        const qint64 seed = seeds.at(perPicture ? i : 0);
        if (spec.field(fields::kPrompt)) {
            const ExpandedPrompt text = perPicture ? order.prompt.random(static_cast<quint64>(seed)) : order.prompt.combination(order.prompt.isDynamic() ? i : 0);
            values.insert(fields::kPrompt, text.text);
        }
        if (spec.field(fields::kNegativePrompt) && !order.negative.templateText().isEmpty())
            values.insert(fields::kNegativePrompt, order.negative.random(static_cast<quint64>(seed), 1).text);
        // The seed that drew the words is the seed of the picture, or nobody could draw them again.
        if (seeds.hasField() && (perPicture || order.negative.isDynamic()))
            values.insert(fields::kSeed, seed);
        if (perPicture && !spec.output.countField.isEmpty())
            values.insert(spec.output.countField, 1);
        moveLoraTags(spec, values);
        one.recipe = drawSeeds(spec, one.recipe, bits);
        jobs.append(one);
    }
    return jobs;
}

} // namespace novita::jobplan
