// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/parameterdiff.h"

#include "core/cloud/endpoints/fieldnames.h"
#include "ui/gallery/recipewords.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace novita::parameterdiff {

namespace {

struct CompareDialogWords
{
    Q_DECLARE_TR_FUNCTIONS(CompareDialog)
};

Row makeRow(const QString &label, const QStringList &values, bool isText)
{
    Row row{label, values, QList<worddiff::Ranges>(values.size()), false};
    row.differs = std::any_of(values.begin(), values.end(), [&](const QString &one) { return one != values.first(); });
    if (!row.differs)
        return row;
    if (isText) {
        row.marked = worddiff::changed(values);
    } else {
        // What most of them have does not stand out.
        const QString usual = *std::max_element(values.begin(), values.end(), [&](const QString &a, const QString &b) {
            return values.count(a) < values.count(b);
        });
        const bool hasUsual = values.count(usual) > 1;
        for (qsizetype i = 0; i < values.size(); ++i) {
            if (!values.at(i).isEmpty() && !(hasUsual && values.at(i) == usual))
                row.marked[i] = {{0, values.at(i).size()}};
        }
    }
    return row;
}

QString sizeText(const QSize &size)
{
    const QLocale locale;
    return size.isEmpty()
               ? QString()
               : QStringLiteral("%1 × %2").arg(locale.toString(size.width()), locale.toString(size.height()));
}

/// As the endpoints of the pictures call it that know it; there may be more than one word for it.
QString labelOf(const EndpointTable &endpoints, const QList<const EndpointSpec *> &specs, const QString &field)
{
    QStringList labels;
    for (const EndpointSpec *spec : specs) {
        if (spec && spec->field(field))
            labels.append(recipewords::label(spec, field));
    }
    labels.removeDuplicates();
    return labels.isEmpty() ? recipewords::label(endpoints, nullptr, field) : labels.join(QStringLiteral(" / "));
}

} // namespace

QList<Row> rows(const QList<Picture> &pictures, const EndpointTable &endpoints)
{
    QList<const EndpointSpec *> specs;
    QList<QJsonObject> values;
    QJsonObject all;
    QStringList titles;
    QStringList sizes;
    for (const Picture &picture : pictures) {
        specs.append(endpoints.find(picture.endpoint));
        values.append(recipewords::recipeOf(picture).values);
        titles.append(picture.endpoint.isEmpty() ? QString()
                                                 : recipewords::endpointTitle(specs.last(), picture.endpoint));
        sizes.append(sizeText(picture.size));
        for (auto one = values.last().begin(); one != values.last().end(); ++one)
            all.insert(one.key(), one.value());
    }
    QList<Row> out;
    if (pictures.isEmpty())
        return out;
    const QStringList fields = recipewords::orderedFields(specs, all);
    for (const QString &field : fields) {
        QStringList texts;
        for (qsizetype i = 0; i < pictures.size(); ++i)
            texts.append(recipewords::value(specs.at(i), field, values.at(i).value(field)));
        const bool isNothing =
            std::all_of(texts.begin(), texts.end(), [](const QString &text) { return text.isEmpty(); });
        if (!isNothing)
            out.append(makeRow(labelOf(endpoints, specs, field), texts,
                               field == fields::kPrompt || field == fields::kNegativePrompt));
    }
    out.append(makeRow(CompareDialogWords::tr("Endpoint"), titles, false));
    out.append(makeRow(CompareDialogWords::tr("Picture size"), sizes, false));
    return out;
}

} // namespace novita::parameterdiff
