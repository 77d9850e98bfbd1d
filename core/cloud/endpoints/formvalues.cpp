// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/formvalues.h"

#include "core/base/displaytext.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/cloud/endpoints/fieldrules.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace novita {

namespace {

struct EndpointFieldsWords
{
    Q_DECLARE_TR_FUNCTIONS(EndpointFields)
};

/// Looks at all shown fields of a form and collects what is wrong.
class Check
{
public:
    Check(const FormValues &form, const FormContext &context) : m_form(form), m_context(context) {}

    QList<FieldProblem> run()
    {
        for (const FieldSpec &field : m_form.spec().fields) {
            if (!m_form.isShown(field, m_context) || !field.follows.isEmpty())
                continue;
            look(field, field.name, m_form.value(field.name), {});
            if (field.type == FieldType::Size)
                lookAtGrowth(field);
            else if (field.type == FieldType::Mask)
                lookAtMask(field);
            else if (!field.sharesWith.isEmpty())
                lookAtShare(field);
            else if (!field.needsOutput.isEmpty())
                lookAtOutput(field);
        }
        return m_problems;
    }

private:
    void say(const QString &path, const QString &place, const QString &sentence) { m_problems.append({path, place + sentence}); }

    /// `place`: what a sentence about an item of a list begins with.
    void look(const FieldSpec &field, const QString &path, const QJsonValue &value, const QString &place)
    {
        if (isEmptyValue(value)) {
            if (field.required)
                say(path, place, field.isImage() || field.type == FieldType::Model ? EndpointFieldsWords::tr("%1 must be chosen.").arg(labelOf(field)) : EndpointFieldsWords::tr("%1 must not be empty.").arg(labelOf(field)));
            return;
        }
        if (isListType(field.type)) {
            lookAtList(field, path, value);
        } else if (isGroupType(field.type)) {
            if (value.isObject())
                lookAtItems(field, path, value.toObject(), labelOf(field) + QStringLiteral(": "));
            else
                say(path, place, EndpointFieldsWords::tr("%1 cannot be read.").arg(labelOf(field)));
        } else if (const QString problem = fieldProblem(field, value); !problem.isEmpty()) {
            say(path, place, problem);
        } else if (field.type == FieldType::Choice) {
            lookAtBase(field, path, value.toString(), place);
        } else if (field.isImage()) {
            lookAtPictures(field, path, value, place);
        }
    }

    void lookAtItems(const FieldSpec &field, const QString &path, const QJsonObject &values, const QString &place)
    {
        for (const FieldSpec &item : field.items)
            look(item, path + QLatin1Char('.') + item.name, values.value(item.name), place);
    }

    void lookAtList(const FieldSpec &field, const QString &path, const QJsonValue &value)
    {
        const QJsonArray rows = value.toArray();
        if (!value.isArray())
            return say(path, {}, EndpointFieldsWords::tr("%1 cannot be read.").arg(labelOf(field)));
        if (rows.size() > field.mostItems)
            return say(path, {}, EndpointFieldsWords::tr("%1: at most %2 are taken.").arg(labelOf(field)).arg(field.mostItems));
        if (rows.size() < field.leastItems)
            return say(path, {}, EndpointFieldsWords::tr("%1: at least %2 are wanted.").arg(labelOf(field)).arg(field.leastItems));
        double sum = 0;
        for (qsizetype i = 0; i < rows.size(); ++i) {
            const QString row = QStringLiteral("%1[%2]").arg(path).arg(i);
            lookAtItems(field, row, rows.at(i).toObject(), EndpointFieldsWords::tr("%1, number %2: ").arg(labelOf(field)).arg(i + 1));
            sum += rows.at(i).toObject().value(field.sumOf).toDouble();
        }
        if (!field.sumOf.isEmpty() && sum > field.mostSum)
            say(path, {}, EndpointFieldsWords::tr("%1: %2 of all together may be at most %3.").arg(labelOf(field), labelOf(*field.item(field.sumOf))).arg(field.mostSum));
    }

    void lookAtBase(const FieldSpec &field, const QString &path, const QString &chosen, const QString &place)
    {
        const auto option = std::find_if(field.choices.begin(), field.choices.end(), [&](const ChoiceOption &one) { return one.value == chosen; });
        const bool fits = option == field.choices.end() || option->base == ModelBase::Unknown || m_context.base == ModelBase::Unknown || option->base == m_context.base;
        if (!fits)
            say(path, place, EndpointFieldsWords::tr("%1: %2 does not fit the checkpoint.").arg(labelOf(field), chosen));
    }

    void lookAtPictures(const FieldSpec &field, const QString &path, const QJsonValue &value, const QString &place)
    {
        const QJsonArray keys = value.isArray() ? value.toArray() : QJsonArray{value};
        for (const QJsonValue &key : keys) {
            const QString problem = m_context.images ? pictureProblem(field, key.toString()) : QString();
            if (!problem.isEmpty())
                return say(path, place, problem);
        }
    }

    QString pictureProblem(const FieldSpec &field, const QString &key) const
    {
        const auto found = m_context.images->constFind(key);
        if (found == m_context.images->constEnd() || (found->bytes.isEmpty() && found->address.isEmpty()))
            return EndpointFieldsWords::tr("%1: the picture is not there any more.").arg(labelOf(field));
        const bool takesAddress = field.accepts.contains(ImageForm::Url);
        const bool takesBytes = field.accepts.contains(ImageForm::Base64) || field.accepts.contains(ImageForm::DataUri);
        if (found->bytes.isEmpty() && !takesAddress)
            return EndpointFieldsWords::tr("%1: the picture itself is wanted, not its address.").arg(labelOf(field));
        if (found->address.isEmpty() && !takesBytes)
            return EndpointFieldsWords::tr("%1: the endpoint reads the picture from a web address only.").arg(labelOf(field));
        return found->bytes.isEmpty() ? QString() : imageProblem(field, *found);
    }

    /// The picture that a field holds, when its size in pixels is known.
    const InputImage *measured(const QString &field) const
    {
        if (field.isEmpty() || !m_context.images)
            return nullptr;
        const auto found = m_context.images->constFind(m_form.value(field).toString());
        return found != m_context.images->constEnd() && found->width > 0 && found->height > 0 ? &*found : nullptr;
    }

    void lookAtGrowth(const FieldSpec &field)
    {
        const InputImage *source = measured(field.size.exceedsImage);
        const auto size = sizeOf(m_form.value(field.name));
        if (source && size && (size->first <= source->width || size->second <= source->height))
            say(field.name, {}, EndpointFieldsWords::tr("%1: each side must be larger than the picture's, which has %2 × %3 pixels.").arg(labelOf(field)).arg(source->width).arg(source->height));
    }

    void lookAtMask(const FieldSpec &field)
    {
        const InputImage *mask = measured(field.name);
        const InputImage *source = measured(field.sameSizeAs);
        if (mask && source && (mask->width != source->width || mask->height != source->height))
            say(field.name, {}, EndpointFieldsWords::tr("%1 must be as large as the picture: %2 × %3 pixels.").arg(labelOf(field)).arg(source->width).arg(source->height));
    }

    void lookAtShare(const FieldSpec &field)
    {
        const double value = m_form.value(field.name).toDouble();
        const qsizetype pictures = m_form.value(field.sharesWith).toArray().size();
        if (value > 0 && field.most && value + double(pictures) > *field.most)
            say(field.name, {}, EndpointFieldsWords::tr("%1 and the pictures given may be at most %2 together.").arg(labelOf(field)).arg(*field.most));
    }

    void lookAtOutput(const FieldSpec &field)
    {
        const QString type = m_context.outputType.isEmpty() ? m_form.spec().output.serverType : m_context.outputType;
        if (m_form.value(field.name).toBool() && type != field.needsOutput)
            say(field.name, {}, EndpointFieldsWords::tr("%1 needs the output type %2.").arg(labelOf(field), field.needsOutput));
    }

    const FormValues &m_form;
    const FormContext &m_context;
    QList<FieldProblem> m_problems;
};

constexpr int kDeepest = 4;
constexpr qsizetype kMostChars = 500;

QString readable(const QJsonValue &value, int depth);

QString readableObject(const QJsonObject &object, int depth)
{
    if (const auto size = sizeOf(object); size && object.size() == 2)
        return QStringLiteral("%1 × %2").arg(size->first).arg(size->second);
    const QString model = object.value(QLatin1String("model")).toString();
    QStringList parts;
    for (auto it = object.begin(); it != object.end() && parts.size() < 20; ++it) {
        const QString text = readable(it.value(), depth + 1);
        const bool bare = object.size() == 1 || (!model.isEmpty() && it.key() == QLatin1String("strength"));
        if (it.key() != QLatin1String("model") || model.isEmpty())
            parts.append(bare ? text : it.key() + QLatin1Char(' ') + text);
    }
    if (model.isEmpty())
        return parts.join(QStringLiteral(", "));
    return parts.isEmpty() ? model : QStringLiteral("%1 (%2)").arg(model, parts.join(QStringLiteral(", ")));
}

QString readable(const QJsonValue &value, int depth)
{
    if (depth > kDeepest)
        return QStringLiteral("…");
    if (value.isBool())
        return value.toBool() ? EndpointFieldsWords::tr("on") : EndpointFieldsWords::tr("off");
    if (value.isDouble())
        return value.toVariant().toString();
    if (value.isObject())
        return readableObject(value.toObject(), depth);
    if (!value.isArray())
        return value.toString();
    QStringList parts;
    const QJsonArray items = value.toArray();
    for (qsizetype i = 0; i < std::min<qsizetype>(items.size(), 20); ++i)
        parts.append(readable(items.at(i), depth + 1));
    return parts.join(QStringLiteral(", "));
}

/// "DPM++ 2M Karras" is one name for some, and sampler "DPM++ 2M" with scheduler "Karras" for others: whoever reads a recipe of the other kind says it anew.
void translateSampler(const EndpointSpec &spec, QJsonObject &values)
{
    const FieldSpec *samplers = spec.field(fields::kSampler);
    const FieldSpec *schedulers = spec.field(fields::kScheduler);
    const QString sampler = values.value(fields::kSampler).toString();
    if (!samplers || sampler.isEmpty() || samplers->choices.isEmpty())
        return;
    const QString joined = sampler + QLatin1Char(' ') + values.value(fields::kScheduler).toString();
    if (!schedulers && isAmongChoices(*samplers, joined)) {
        values.insert(fields::kSampler, joined);
        values.remove(fields::kScheduler);
    } else if (schedulers && !isAmongChoices(*samplers, sampler)) {
        for (const ChoiceOption &scheduler : schedulers->choices) {
            const QString stem = sampler.chopped(std::min(sampler.size(), scheduler.value.size() + 1));
            if (sampler.endsWith(QLatin1Char(' ') + scheduler.value) && isAmongChoices(*samplers, stem)) {
                values.insert(fields::kSampler, stem);
                values.insert(fields::kScheduler, scheduler.value);
                return;
            }
        }
    }
}

} // namespace

FormValues FormValues::initial(const EndpointSpec &spec)
{
    return carriedOver(spec, {});
}

FormValues FormValues::carriedOver(const EndpointSpec &spec, const Recipe &recipe)
{
    QJsonObject values = recipe.values;
    if (recipe.endpoint != spec.id)
        translateSampler(spec, values);
    FormValues form(spec, {spec.id, values});
    for (const FieldSpec &field : spec.fields) {
        const QJsonValue value = form.value(field.name);
        const bool ofItsType = isListType(field.type) ? value.isArray() : isGroupType(field.type) ? value.isObject() : fieldProblem(field, value).isEmpty();
        if (isEmptyValue(value) || !ofItsType)
            form.set(field.name, field.initial);
    }
    return form;
}

QJsonValue FormValues::value(QAnyStringView field) const
{
    return m_recipe.values.value(field.toString());
}

void FormValues::set(const QString &field, const QJsonValue &value)
{
    if (value.isUndefined() || value.isNull())
        m_recipe.values.remove(field);
    else
        m_recipe.values.insert(field, value);
}

bool FormValues::isShown(const FieldSpec &field, const FormContext &context) const
{
    const FieldCondition &when = field.when;
    if (context.mode && !when.modes.isEmpty() && !when.modes.contains(*context.mode))
        return false;
    if (when.base != ModelBase::Unknown && context.base != ModelBase::Unknown && when.base != context.base)
        return false;
    if (when.field.isEmpty())
        return true;
    const FieldSpec *other = m_spec->field(when.field);
    const QJsonValue held = value(when.field);
    return (isEmptyValue(held) && other ? other->serverDefault : held) == when.equals;
}

QList<FieldProblem> FormValues::problems(const FormContext &context) const
{
    return Check(*this, context).run();
}

QList<LeftoverValue> FormValues::leftovers() const
{
    QList<LeftoverValue> left;
    for (auto it = m_recipe.values.begin(); it != m_recipe.values.end(); ++it) {
        if (!m_spec->field(it.key()))
            left.append({displayLine(it.key(), 64), readableValue(it.value())});
    }
    return left;
}

Recipe FormValues::used(const FormContext &context) const
{
    Recipe out{m_recipe.endpoint, {}};
    for (const FieldSpec &field : m_spec->fields) {
        const QJsonValue held = value(field.name);
        if (!isEmptyValue(held) && isShown(field, context))
            out.values.insert(field.name, held);
    }
    return out;
}

QString readableValue(const QJsonValue &value)
{
    return displayLine(readable(value, 0), kMostChars);
}

} // namespace novita
