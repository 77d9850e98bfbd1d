// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/fieldnames.h"
#include "core/images/keptmodels.h"
#include "core/images/modelfit.h"
#include "core/images/modellist.h"

#include <QJsonArray>
#include <QSet>

#include <algorithm>
#include <utility>

/// What ModelCatalogue knows without asking anybody, and what it is told of the use of models.

namespace novita {

namespace {

constexpr qsizetype kMostUsedWaiting = 100;

} // namespace

/// Each model of `type` (Unknown: of any) that is known, once: kept ones first. `visit` returns false to see no more.
template<typename Visitor>
void ModelCatalogue::visitKnown(ImageModelType type, Visitor visit) const
{
    const bool any = type == ImageModelType::Unknown;
    QSet<ImageModelId> seen;
    const auto show = [&](const ImageModel &model) {
        if ((!any && model.type != type) || seen.contains(model.id))
            return true;
        seen.insert(model.id);
        return visit(model);
    };
    for (const KeptModel &kept : m_kept->all()) {
        if (!show(kept.model))
            return;
    }
    for (const auto &[key, list] : m_lists) {
        if (!any && list->query.type != type && list->query.type != ImageModelType::Unknown)
            continue;
        for (const ImageModel &model : list->pages.models()) {
            if (!show(model))
                return;
        }
    }
}

QList<ImageModel> ModelCatalogue::known(const ModelFilter &filter, qsizetype most) const
{
    QList<ImageModel> out;
    visitKnown(filter.type, [&](const ImageModel &model) {
        if (misfitOf(filter, model) == ModelMisfit::None)
            out.append(model);
        return out.size() < most;
    });
    return out;
}

QList<ImageModel> ModelCatalogue::known() const
{
    QList<ImageModel> out;
    for (const ImageModelType type : kOfferedModelTypes) {
        ModelFilter filter;
        filter.type = type;
        out.append(known(filter));
    }
    return out;
}

QStringList ModelCatalogue::requestNames(ImageModelType type, ModelBase base) const
{
    ModelFilter filter;
    filter.type = type;
    filter.base = base;
    QStringList names;
    const QList<ImageModel> models = known(filter, kMostRows);
    for (const ImageModel &model : models)
        names.append(model.requestName());
    names.removeDuplicates();
    names.removeAll(QString());
    return names;
}

std::optional<ImageModel> ModelCatalogue::find(ImageModelType type, const QString &requestName) const
{
    std::optional<ImageModel> found;
    if (requestName.isEmpty())
        return found;
    visitKnown(type, [&](const ImageModel &model) {
        if (model.requestName() == requestName)
            found = model;
        return !found;
    });
    return found;
}

std::optional<ImageModel> ModelCatalogue::suggestedCheckpoint(const ModelFilter &filter) const
{
    ModelFilter wanted = filter;
    wanted.type = ImageModelType::Checkpoint;
    wanted.inpainting = filter.inpainting.value_or(false);
    const auto fits = [&wanted](const ImageModel &model) { return !model.requestName().isEmpty() && misfitOf(wanted, model) == ModelMisfit::None; };
    std::optional<ImageModel> used;
    std::optional<TimePoint> usedAt;
    for (const KeptModel &kept : m_kept->all()) {
        if (fits(kept.model) && kept.usedAt && (!usedAt || *kept.usedAt > *usedAt)) {
            used = kept.model;
            usedAt = kept.usedAt;
        }
    }
    if (used)
        return used;
    std::optional<ImageModel> first;
    std::optional<ImageModel> plain;
    visitKnown(ImageModelType::Checkpoint, [&](const ImageModel &model) {
        if (!fits(model))
            return true;
        if (!first)
            first = model;
        // What form and prices are made for, and what nobody is surprised by.
        const bool isPlain = (model.base == ModelBase::Sd15 || model.base == ModelBase::Sdxl) && !model.nsfw.value_or(false);
        if (isFavourite(model) || isPlain)
            plain = model;
        return !plain;
    });
    return plain ? plain : first;
}

QList<KeptModel> ModelCatalogue::kept() const
{
    return m_kept->all();
}

bool ModelCatalogue::isKeptRead() const
{
    return m_kept->isRead();
}

bool ModelCatalogue::isFavourite(const ImageModel &model) const
{
    const KeptModel *kept = m_kept->find(model);
    return kept && kept->favourite;
}

std::optional<TimePoint> ModelCatalogue::usedAt(const ImageModel &model) const
{
    const KeptModel *kept = m_kept->find(model);
    return kept ? kept->usedAt : std::nullopt;
}

void ModelCatalogue::setFavourite(const ImageModel &model, bool favourite)
{
    const KeptModel *kept = m_kept->find(model);
    if (isFavourite(model) != favourite)
        m_kept->keep({model, favourite, kept ? kept->usedAt : std::nullopt});
}

void ModelCatalogue::noteUsed(const ImageModel &model)
{
    if (m_profile.isEmpty())
        return;
    m_kept->read();
    m_usedModels.append({model, m_clock.now()});
    if (m_usedModels.size() > kMostUsedWaiting)
        m_usedModels.removeFirst();
    noteUsedMeanwhile();
}

void ModelCatalogue::noteUsed(const QJsonObject &recipeValues)
{
    if (m_profile.isEmpty())
        return;
    recall();
    m_used.append({recipeValues, m_clock.now()});
    if (m_used.size() > kMostUsedWaiting)
        m_used.removeFirst();
    noteUsedMeanwhile();
}

/// What they are is known once the disk has told.
void ModelCatalogue::noteUsedMeanwhile()
{
    if (!m_kept->isRead())
        return;
    for (const auto &[model, at] : std::exchange(m_usedModels, {}))
        m_kept->keep({model, isFavourite(model), at});
    if (m_used.isEmpty() || !isRecalled())
        return;
    for (const auto &[values, at] : std::exchange(m_used, {}))
        noteUsed(values, at);
}

bool ModelCatalogue::isRecalled() const
{
    return std::all_of(kOfferedModelTypes.begin(), kOfferedModelTypes.end(), [this](ImageModelType type) {
        ImageModelQuery query;
        query.type = type;
        const List *list = findList(query);
        return list && list->disk == List::Disk::Read;
    });
}

void ModelCatalogue::noteUsed(const QJsonObject &recipeValues, TimePoint at)
{
    const auto note = [this, at](ImageModelType type, const QJsonValue &name) {
        if (const std::optional<ImageModel> model = find(type, name.toString()))
            m_kept->keep({*model, isFavourite(*model), at});
    };
    const auto noteEach = [&note](ImageModelType type, const QJsonValue &list) {
        const QJsonArray items = list.toArray();
        for (const QJsonValue &item : items)
            note(type, item.toObject().value(fields::kModel));
    };
    note(ImageModelType::Checkpoint, recipeValues.value(fields::kModel));
    note(ImageModelType::Vae, recipeValues.value(fields::kVae));
    note(ImageModelType::Upscaler, recipeValues.value(fields::kUpscaler));
    noteEach(ImageModelType::Lora, recipeValues.value(fields::kLoras));
    noteEach(ImageModelType::Embedding, recipeValues.value(fields::kEmbeddings));
    noteEach(ImageModelType::ControlNet, recipeValues.value(fields::kControlNets));
}

} // namespace novita
