// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/modellistmodel.h"

#include "ui/format.h"
#include "ui/images/modelwords.h"
#include "ui/models/roles.h"

#include <QSet>

#include <algorithm>
#include <numeric>

namespace novita {

bool ModelQuestion::shows(const ImageModel &model) const
{
    return (base == ModelBase::Unknown || model.base == base) && !(hidesNsfw && model.nsfw.value_or(false));
}

bool ModelQuestion::matches(const ImageModel &model) const
{
    const auto holds = [this](const QString &text) { return text.contains(query.text, Qt::CaseInsensitive); };
    const bool byText = query.text.isEmpty() || holds(model.name) || holds(model.fileName) || holds(model.apiName) || std::any_of(model.tags.begin(), model.tags.end(), holds);
    return shows(model) && byText && (query.type == ImageModelType::Unknown || model.type == query.type) && (query.source.isEmpty() || model.source == query.source)
           && query.visibility.isEmpty() // nothing of what is kept says whose it is
           && (!query.inpainting || *query.inpainting == model.isInpainting()) && (!query.sdxl || *query.sdxl == (model.base == ModelBase::Sdxl));
}

ModelListModel::ModelListModel(ModelCatalogue &catalogue, QObject *parent) : QAbstractListModel(parent), m_catalogue(catalogue)
{
}

void ModelListModel::setQuestion(const ModelQuestion &question)
{
    beginResetModel();
    m_question = question;
    m_question.query.text = question.query.text.simplified();
    m_front.clear();
    m_frontIsWhole = false;
    m_rows = wanted();
    endResetModel();
}

void ModelListModel::reload()
{
    merge(wanted());
}

void ModelListModel::retell()
{
    if (!m_rows.isEmpty())
        emit dataChanged(index(0), index(rowCount() - 1));
}

/// Once what is kept is known, it stays where it is: a star that is given must not move rows under the mouse.
void ModelListModel::readFront()
{
    if (m_frontIsWhole)
        return;
    m_front.clear();
    const auto add = [this](const ImageModel &model) {
        const bool isThere = std::any_of(m_front.begin(), m_front.end(), [&model](const ImageModel &one) { return one.id == model.id; });
        if (!isThere && m_question.matches(model))
            m_front.append(model);
    };
    const std::optional<ImageModel> current = m_catalogue.find(m_question.filter.type, m_question.current);
    if (current)
        add(*current);
    const QList<KeptModel> kept = m_catalogue.kept();
    for (const KeptModel &one : kept)
        add(one.model);
    m_frontIsWhole = m_catalogue.isKeptRead();
}

QList<ImageModel> ModelListModel::wanted()
{
    readFront();
    const ModelListing listing = m_catalogue.listing(m_question.query);
    m_provisional = !listing.readAt;
    QList<ImageModel> models = m_front;
    m_hidden = 0;
    QSet<ImageModelId> seen;
    for (const ImageModel &model : std::as_const(m_front))
        seen.insert(model.id);
    const auto add = [&](const ImageModel &model) {
        if (!seen.contains(model.id)) {
            seen.insert(model.id);
            models.append(model);
        }
    };
    if (m_provisional) {
        ModelFilter any;
        any.type = m_question.query.type;
        const QList<ImageModel> known = m_catalogue.known(any, ModelCatalogue::kMostRows);
        for (const ImageModel &model : known) {
            if (m_question.matches(model))
                add(model);
        }
        return models;
    }
    for (const ImageModel &model : listing.models) {
        if (m_question.shows(model))
            add(model);
        else
            ++m_hidden;
    }
    return models;
}

void ModelListModel::merge(const QList<ImageModel> &models)
{
    QHash<ImageModelId, int> places;
    places.reserve(models.size());
    for (int i = 0; i < models.size(); ++i)
        places.insert(models.at(i).id, i);
    removeMissing(places);
    reorder(places);
    insertNew(models);
    int first = -1;
    int last = -1;
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_rows.at(row) == models.at(row))
            continue;
        m_rows[row] = models.at(row);
        first = first < 0 ? row : first;
        last = row;
    }
    if (first >= 0)
        emit dataChanged(index(first), index(last));
}

void ModelListModel::removeMissing(const QHash<ImageModelId, int> &places)
{
    int last = rowCount() - 1;
    while (last >= 0) {
        int first = last;
        while (first >= 0 && !places.contains(m_rows.at(first).id))
            --first;
        if (first < last) {
            beginRemoveRows({}, first + 1, last);
            m_rows.remove(first + 1, last - first);
            endRemoveRows();
        }
        last = first - 1;
    }
}

void ModelListModel::reorder(const QHash<ImageModelId, int> &places)
{
    const auto placeOf = [&places, this](int row) { return places.value(m_rows.at(row).id); };
    QList<int> order(m_rows.size());
    std::iota(order.begin(), order.end(), 0);
    if (std::is_sorted(order.begin(), order.end(), [&](int one, int other) { return placeOf(one) < placeOf(other); }))
        return;
    emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    std::sort(order.begin(), order.end(), [&](int one, int other) { return placeOf(one) < placeOf(other); });
    QList<ImageModel> rows;
    QList<int> rowOf(m_rows.size());
    for (int row = 0; row < order.size(); ++row) {
        rows.append(m_rows.at(order.at(row)));
        rowOf[order.at(row)] = row;
    }
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    for (const QModelIndex &one : before)
        after.append(index(rowOf.at(one.row())));
    m_rows = rows;
    changePersistentIndexList(before, after);
    emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

void ModelListModel::insertNew(const QList<ImageModel> &models)
{
    QSet<ImageModelId> there;
    for (const ImageModel &model : std::as_const(m_rows))
        there.insert(model.id);
    for (int row = 0; row < models.size(); ++row) {
        if (there.contains(models.at(row).id))
            continue;
        int end = row + 1;
        while (end < models.size() && !there.contains(models.at(end).id))
            ++end;
        beginInsertRows({}, row, end - 1);
        if (row == m_rows.size()) {
            m_rows.append(models.mid(row, end - row));
        } else {
            m_rows.insert(row, end - row, ImageModel());
            std::copy(models.begin() + row, models.begin() + end, m_rows.begin() + row);
        }
        endInsertRows();
        row = end - 1;
    }
}

const ImageModel *ModelListModel::at(int row) const
{
    return row >= 0 && row < m_rows.size() ? &m_rows.at(row) : nullptr;
}

int ModelListModel::rowOf(const QString &requestName) const
{
    for (int row = 0; row < m_rows.size() && !requestName.isEmpty(); ++row) {
        if (m_rows.at(row).requestName() == requestName)
            return row;
    }
    return -1;
}

int ModelListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QString ModelListModel::note(const ImageModel &model) const
{
    if (!m_question.current.isEmpty() && model.requestName() == m_question.current)
        return tr("chosen now");
    const std::optional<TimePoint> used = m_catalogue.usedAt(model);
    return used ? tr("used %1 ago").arg(format::duration(std::max(Milliseconds(1000), Milliseconds(m_catalogue.now() - *used)))) : QString();
}

QString ModelListModel::spoken(const ImageModel &model) const
{
    QStringList parts{model.requestName(), model.name, modelwords::type(model.type), modelwords::baseOf(model), modelwords::misfit(m_question.filter, model), note(model)};
    if (m_catalogue.isFavourite(model))
        parts.append(tr("favourite"));
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

QVariant ModelListModel::data(const QModelIndex &index, int role) const
{
    const ImageModel *model = index.isValid() ? at(index.row()) : nullptr;
    if (!model)
        return {};
    switch (role) {
    case Qt::DisplayRole: return model->requestName().isEmpty() ? model->label() : model->requestName();
    case Qt::AccessibleTextRole: return spoken(*model);
    case Qt::ToolTipRole: return format::toolTip(spoken(*model));
    case IdRole: return model->id.toString();
    case MisfitRole: return modelwords::misfit(m_question.filter, *model);
    case FavouriteRole: return m_catalogue.isFavourite(*model);
    case NoteRole: return note(*model);
    default: return {};
    }
}

} // namespace novita
