// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/wizardstate.h"

#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/stores.h"

#include <algorithm>

namespace novita {

namespace {

/// The disk a draft starts with may lie outside the product's range; what was typed is left for the rules to judge.
void fitUntouchedDisk(InstanceDraft &draft, const Product &product)
{
    if (draft.rootfsGb != InstanceDraft().rootfsGb)
        return;
    if (const int most = product.maxRootfsGb.value_or(0); most > 0)
        draft.rootfsGb = std::min(draft.rootfsGb, most);
    draft.rootfsGb = std::max(draft.rootfsGb, product.minRootfsGb.value_or(0));
}

} // namespace

WizardState::WizardState(const Stores &stores, const Settings &settings, QObject *parent)
    : QObject(parent), m_stores(stores), m_settings(settings)
{
    const std::initializer_list<const EntityStoreBase *> sources{&stores.products, &stores.clusters};
    for (const EntityStoreBase *store : sources)
        store->followRows(this, &WizardState::rerank);
    connect(&settings, &Settings::changed, this, [this](const QString &key) {
        if (key == keys::kRegionOrder.name || key == keys::kDefaultRegion.name)
            rerank();
    });
    rerank();
    m_pristine = m_draft;
}

void WizardState::setDraft(const InstanceDraft &draft)
{
    m_draft = draft;
    m_picked = !draft.productId.isEmpty();
    m_templateId = {};
    m_revealed.clear();
    const Cluster *cluster = m_stores.clusters.find(draft.clusterId);
    m_region = cluster ? regionCode(cluster->name) : QString();
    rerank();
    markPristine();
}

void WizardState::edit(const QSet<DraftField> &touched, const std::function<void(InstanceDraft &)> &change)
{
    const InstanceDraft before = m_draft;
    change(m_draft);
    const bool revealed = !m_revealed.contains(touched);
    m_revealed |= touched;
    if (m_draft != before)
        notifyIfChanged(before);
    else if (revealed)
        emit changed();
}

void WizardState::prefill(const std::function<void(InstanceDraft &)> &change)
{
    const InstanceDraft before = m_draft;
    change(m_draft);
    change(m_pristine);
    notifyIfChanged(before);
}

void WizardState::notifyIfChanged(const InstanceDraft &before)
{
    if (m_draft == before)
        return;
    if (m_draft.kind != before.kind || m_draft.billing != before.billing || m_draft.gpuNum != before.gpuNum) {
        if (m_draft.kind != before.kind)
            m_picked = false;
        rerank();
    } else {
        emit changed();
    }
}

void WizardState::setRegion(const QString &region)
{
    if (region == m_region)
        return;
    m_region = region;
    rerank();
}

void WizardState::pickProduct(const ProductId &id)
{
    if (m_picked && m_draft.productId == id)
        return;
    m_picked = true;
    m_revealed.insert(DraftField::Product);
    m_draft.productId = id;
    if (const Product *chosen = product())
        m_draft.kind = chosen->kind;
    rerank();
}

void WizardState::unpin()
{
    m_picked = false;
    rerank();
}

void WizardState::forgetCloudIds()
{
    m_picked = false;
    m_templateId = {};
    m_region.clear();
    const auto forget = [](InstanceDraft &draft) {
        draft.productId = {};
        draft.clusterId = {};
        draft.imageAuthId = {};
        draft.networkId = {};
        draft.mounts.clear();
    };
    forget(m_draft);
    forget(m_pristine);
    rerank();
}

bool WizardState::applyTemplate(const TemplateId &id)
{
    const InstanceTemplate *source = m_stores.templates.find(id);
    if (!source)
        return false;
    m_templateId = id;
    m_revealed.insert(DraftField::Image);
    m_draft.applyTemplate(*source);
    emit changed();
    return true;
}

ProductQuery WizardState::query() const
{
    ProductQuery query;
    query.kind = m_draft.kind;
    query.mode = m_draft.kind == ProductKind::Cpu ? BillingMode::OnDemand : m_draft.billing;
    query.gpuCount = m_draft.gpuNum;
    query.region = m_region;
    query.regionOrder = preferredRegions(m_settings.value(keys::kDefaultRegion), m_settings.value(keys::kRegionOrder));
    return query;
}

const Product *WizardState::product() const
{
    return m_stores.products.find(m_draft.productId);
}

const RankedProduct *WizardState::ranked() const
{
    const auto it = std::find_if(m_ranking.begin(), m_ranking.end(), [this](const RankedProduct &row) { return row.id == m_draft.productId; });
    return it == m_ranking.end() ? nullptr : &*it;
}

QStringList WizardState::knownRegions() const
{
    QStringList live;
    for (const ClusterId &id : m_stores.clusters.ids())
        live.append(regionCode(m_stores.clusters.find(id)->name));
    std::sort(live.begin(), live.end());
    QStringList out;
    // A preferred region that the cloud does not have (any more) is no choice; with no list read yet, all are.
    for (const QString &region : query().regionOrder) {
        if (live.isEmpty() || live.contains(region, Qt::CaseInsensitive))
            out.append(region);
    }
    for (const QString &region : std::as_const(live)) {
        if (!out.contains(region, Qt::CaseInsensitive))
            out.append(region);
    }
    return out;
}

QList<DraftProblem> WizardState::problems() const
{
    QList<DraftProblem> out = m_draft.problems(product());
    const RankedProduct *row = ranked();
    const bool named = std::any_of(out.begin(), out.end(), [](const DraftProblem &problem) { return problem.field == DraftField::Product; });
    if (row && !row->isOffered() && !named)
        out.prepend({DraftField::Product, tr("The product cannot be had now: %1.").arg(row->reason)});
    return out;
}

QList<DraftProblem> WizardState::shownProblems() const
{
    QList<DraftProblem> out = problems();
    out.removeIf([this](const DraftProblem &problem) { return !m_revealed.contains(problem.field); });
    return out;
}

void WizardState::reveal(const QSet<DraftField> &fields)
{
    if (m_revealed.contains(fields))
        return;
    m_revealed |= fields;
    emit changed();
}

void WizardState::rerank()
{
    m_ranking = rankProducts(m_stores.products.all(), m_stores.clusters.all(), query());
    if (const RankedProduct *row = ranked(); m_picked && row)
        place(*row);
    else if (!m_picked)
        adoptBest();
    emit rankingChanged();
    emit changed();
}

void WizardState::adoptBest()
{
    if (!m_ranking.isEmpty() && m_ranking.first().isOffered()) {
        place(m_ranking.first());
        return;
    }
    m_draft.productId = m_pristine.productId = {};
    m_draft.clusterId = m_pristine.clusterId = {};
}

/// Puts the product and where it would run into the draft, so that what the ranking promises is what is asked for.
void WizardState::place(const RankedProduct &ranked)
{
    const Product *product = m_stores.products.find(ranked.id);
    const auto put = [&](InstanceDraft &draft) {
        draft.productId = ranked.id;
        // A clone stays in its cluster while the cluster list has not been read.
        if (!ranked.clusterId.isEmpty() || !m_stores.clusters.isEmpty())
            draft.clusterId = ranked.clusterId;
        if (product && draft.kind == ProductKind::Gpu)
            fitUntouchedDisk(draft, *product);
    };
    put(m_draft);
    if (!m_picked || m_pristine.productId == ranked.id)
        put(m_pristine);
}

} // namespace novita
