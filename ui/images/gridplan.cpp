// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/gridplan.h"

#include "core/base/displaytext.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/cloud/endpoints/fieldrules.h"
#include "core/cloud/endpoints/formvalues.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QUuid>

#include <algorithm>
#include <cmath>

namespace novita {

namespace {

struct GridPlan
{
    Q_DECLARE_TR_FUNCTIONS(GridPlan)
};

constexpr QLatin1String kTitle("title");
constexpr QLatin1String kLabel("label");
constexpr QLatin1String kAt("at");
constexpr QLatin1String kOf("of");
constexpr qsizetype kLongestLabel = 200;

QJsonObject sideToJson(const GridPlace::Side &side)
{
    return {{kTitle, side.title}, {kLabel, side.label}, {kAt, side.at}, {kOf, side.of}};
}

std::optional<GridPlace::Side> sideFromJson(const QJsonObject &json)
{
    const GridPlace::Side side{json.value(kTitle).toString().left(kLongestLabel),
                               json.value(kLabel).toString().left(kLongestLabel), json.value(kAt).toInt(-1),
                               json.value(kOf).toInt(-1)};
    const bool isSound = side.of >= 1 && side.of <= PromptGrid::kMostCells && side.at >= 0 && side.at < side.of;
    return isSound ? std::optional(side) : std::nullopt;
}

std::optional<GridKind> kindOf(const FieldSpec &field)
{
    switch (field.type) {
    case FieldType::Integer:
    case FieldType::Seed:
        return GridKind::Integer;
    case FieldType::Number:
        return GridKind::Number;
    case FieldType::Boolean:
        return GridKind::Switch;
    case FieldType::Choice:
        return field.openChoices ? GridKind::Text : GridKind::Choice;
    case FieldType::Text:
    case FieldType::Model:
        return GridKind::Text;
    default:
        return std::nullopt;
    }
}

std::optional<GridField> fieldFor(const FieldSpec &spec, const QString &path, const QString &title)
{
    const std::optional<GridKind> kind = kindOf(spec);
    if (!kind || !spec.follows.isEmpty())
        return std::nullopt;
    GridField out{path, title, *kind, {}, {}, {}, {}};
    if (*kind == GridKind::Integer || *kind == GridKind::Number) {
        out.least = spec.type == FieldType::Seed ? std::min(spec.least.value_or(0), -1.0) : spec.least;
        out.most = spec.most;
    }
    for (const ChoiceOption &choice : spec.choices)
        out.choices.append(choice.value);
    return out;
}

void addSides(const FieldSpec &spec, const QJsonObject &values, QList<GridField> &out)
{
    if (!values.value(spec.name).isObject() || spec.size.onlyPresets)
        return;
    const auto bound = [](const std::optional<int> &side) {
        return side ? std::optional<double>(*side) : std::nullopt;
    };
    for (const auto &[key, title] :
         {std::pair("width", GridPlan::tr("Width")), std::pair("height", GridPlan::tr("Height"))})
        out.append({spec.name + u'/' + QLatin1String(key),
                    title,
                    GridKind::Integer,
                    bound(spec.size.leastSide),
                    bound(spec.size.mostSide),
                    {},
                    {}});
}

/// Numbers within what is in the recipe already: an axis adds no LoRA.
void addInner(const FieldSpec &spec, const QJsonObject &values, QList<GridField> &out)
{
    const QJsonValue value = values.value(spec.name);
    const QJsonArray rows = isGroupType(spec.type) ? QJsonArray{value} : value.toArray();
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const QJsonObject row = rows.at(i).toObject();
        for (const FieldSpec &item : spec.items) {
            if (row.isEmpty() || (item.type != FieldType::Number && item.type != FieldType::Integer))
                continue;
            const QString path = isGroupType(spec.type)
                                     ? spec.name + u'/' + item.name
                                     : QStringLiteral("%1/%2/%3").arg(spec.name).arg(i).arg(item.name);
            const QString named = displayLine(row.value(QLatin1String("model")).toString(), 40);
            const QString whose = named.isEmpty() ? labelOf(spec) : named;
            if (const std::optional<GridField> field =
                    fieldFor(item, path, GridPlan::tr("%1: %2", "a LoRA, its strength").arg(whose, labelOf(item))))
                out.append(*field);
        }
    }
}

/// The order of one cell. Validation: its prompt cannot be read.
Result<JobOrder> orderOf(const GridOrder &order, const GridCell &cell)
{
    JobOrder out = order.order;
    for (auto value = cell.overrides.begin(); value != cell.overrides.end(); ++value)
        out.recipe.values.insert(value.key(), value.value());
    for (const auto &[name, expansion] :
         {std::pair(fields::kPrompt, &out.prompt), std::pair(fields::kNegativePrompt, &out.negative)}) {
        if (!cell.overrides.contains(name))
            continue;
        const PromptReading<PromptExpansion> reading =
            PromptExpansion::of(out.recipe.values.value(name).toString(), order.lists);
        if (!reading.ok())
            return Error::make(ErrorKind::Validation,
                               QStringLiteral("%1. %2").arg(cell.label, reading.problems.constFirst().message));
        *expansion = reading.value;
    }
    return out;
}

GridPlace placeOf(const PromptGrid &grid, const GridCell &cell)
{
    const auto line = [](const QString &text) { return displayLine(text, kLongestLabel); };
    return {{line(grid.columnTitle()), line(grid.columnLabel(cell.column)), static_cast<int>(cell.column),
             static_cast<int>(grid.columns())},
            {line(grid.rowTitle()), line(grid.rowLabel(cell.row)), static_cast<int>(cell.row),
             static_cast<int>(grid.rows())}};
}

} // namespace

QJsonObject GridPlace::toJson() const
{
    return {{QStringLiteral("column"), sideToJson(column)}, {QStringLiteral("row"), sideToJson(row)}};
}

std::optional<GridPlace> GridPlace::fromJson(const QJsonObject &json)
{
    const std::optional<Side> column = sideFromJson(json.value(QLatin1String("column")).toObject());
    const std::optional<Side> row = sideFromJson(json.value(QLatin1String("row")).toObject());
    if (!column || !row || column->of * row->of > PromptGrid::kMostCells)
        return std::nullopt;
    return GridPlace{*column, *row};
}

namespace gridplan {

QList<GridField> fieldsOf(const EndpointSpec &spec, const Recipe &recipe, const FormContext &context)
{
    const QJsonObject &values = recipe.values;
    const FormValues form(spec, recipe);
    QList<GridField> out;
    QStringList texts;
    for (const FieldSpec &field : spec.fields) {
        if (field.name == spec.output.countField || !form.isShown(field, context))
            continue;
        if (field.name == fields::kPrompt || field.name == fields::kNegativePrompt)
            texts.append(field.name);
        if (field.type == FieldType::Size)
            addSides(field, values, out);
        else if (!field.items.isEmpty())
            addInner(field, values, out);
        else if (const std::optional<GridField> one = fieldFor(field, field.name, labelOf(field)))
            out.append(*one);
    }
    if (!texts.isEmpty())
        out.prepend({QString(), GridPlan::tr("Words of the prompt"), GridKind::PromptReplace, {}, {}, {}, texts});
    return out;
}

Result<JobPlan> plan(const EndpointSpec &spec, const GridOrder &order)
{
    const auto tooMany = [](quint64 jobs) {
        return Error::make(
            ErrorKind::Validation,
            GridPlan::tr("A grid may have at most %1 jobs; this one would have %2.").arg(jobplan::kMostJobs).arg(jobs));
    };
    const auto cells = static_cast<quint64>(order.grid.count());
    if (cells > jobplan::kMostJobs)
        return tooMany(cells);
    JobPlan whole{0, 0, Money(), {}, spec.family == EndpointFamily::WebUi};
    for (quint64 i = 0; i < cells; ++i) {
        const GridCell cell = order.grid.at(static_cast<qsizetype>(i));
        const Result<JobOrder> one = orderOf(order, cell);
        if (!one)
            return one.error();
        const QList<FieldProblem> problems = FormValues(spec, one->recipe).problems(order.context);
        if (!problems.isEmpty())
            return Error::make(ErrorKind::Validation,
                               QStringLiteral("%1. %2").arg(cell.label, problems.constFirst().sentence));
        const JobPlan each = jobplan::plan(spec, *one);
        whole.jobs = saturatingSum(whole.jobs, each.jobs);
        whole.results = saturatingSum(whole.results, each.results);
        whole.price = whole.price && each.price ? std::optional(*whole.price + *each.price) : std::nullopt;
        if (whole.sentence.isEmpty())
            whole.sentence = each.sentence;
    }
    return whole.jobs > jobplan::kMostJobs ? Result<JobPlan>(tooMany(whole.jobs)) : Result<JobPlan>(whole);
}

QList<NewImageJob> make(const EndpointSpec &spec, const GridOrder &order, const std::function<double()> &random)
{
    constexpr double kMostDrawn = 4294967295.0;
    GridOrder held = order;
    QJsonObject &values = held.order.recipe.values;
    const FieldSpec *seed = spec.field(fields::kSeed);
    if (seed && values.value(fields::kSeed).toDouble(-1) < 0)
        values.insert(fields::kSeed, std::floor(random() * std::min(seed->most.value_or(kMostDrawn), kMostDrawn)));
    const QString batch = QUuid::createUuid().toString(QUuid::WithoutBraces);
    QList<NewImageJob> jobs;
    for (qsizetype i = 0; i < held.grid.count(); ++i) {
        const GridCell cell = held.grid.at(i);
        const Result<JobOrder> one = orderOf(held, cell);
        if (!one)
            return {};
        QList<NewImageJob> made = jobplan::make(spec, *one, random);
        for (NewImageJob &job : made) {
            job.batch = batch;
            job.cell = placeOf(held.grid, cell).toJson();
        }
        jobs.append(made);
    }
    return jobs;
}

} // namespace gridplan

} // namespace novita
