// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instancedraft.h"
#include "core/workflows/productranking.h"

#include <QObject>
#include <QSet>

#include <functional>

namespace novita {

class Settings;
struct Stores;

/// What the steps of the create wizard share: the draft, the region asked for, the ranking, and which problems may be
/// shown already. Every step reads from here and writes through edit(); nobody else keeps a copy of what was typed.
///
/// Until the person picks a product, the best of the ranking is in the draft; a picked one stays, whatever the ranking says.
/// Follows the product and cluster stores and the region order of the settings. Stores and settings must outlive it.
class WizardState final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WizardState)

public:
    WizardState(const Stores &stores, const Settings &settings, QObject *parent = nullptr);

    const InstanceDraft &draft() const { return m_draft; }
    /// Replaces everything, as typed by nobody yet; a product in it counts as picked.
    void setDraft(const InstanceDraft &draft);
    /// Changes the draft and marks `touched` as ready for complaints.
    void edit(const QSet<DraftField> &touched, const std::function<void(InstanceDraft &)> &change);
    /// As edit(), for what the program fills in: does not count as input to lose.
    void prefill(const std::function<void(InstanceDraft &)> &change);

    QString region() const { return m_region; } ///< "" = any
    void setRegion(const QString &region);
    /// Takes the kind from the product when the store has it.
    void pickProduct(const ProductId &id);
    bool isProductPicked() const { return m_picked; }
    /// The best offer again, and from now on whichever is the best.
    void unpin();
    /// The other account's ids mean nothing here: drops product, cluster, credentials, network and volumes.
    void forgetCloudIds();

    const TemplateId &templateId() const { return m_templateId; }
    /// Takes over what the template holds. False when the store does not have it.
    bool applyTemplate(const TemplateId &id);

    ProductQuery query() const;
    const QList<RankedProduct> &ranking() const { return m_ranking; }
    const Product *product() const;          ///< of the draft, when the store has it
    const RankedProduct *ranked() const;     ///< the draft's product in the ranking
    /// Preferred regions first, then the other clusters' by name.
    QStringList knownRegions() const;

    QList<DraftProblem> problems() const;
    /// Those of fields that were touched or revealed.
    QList<DraftProblem> shownProblems() const;
    void reveal(const QSet<DraftField> &fields);
    bool isRevealed(const QSet<DraftField> &fields) const { return m_revealed.contains(fields); }
    bool isNameOurs() const { return m_draft.name == m_pristine.name && !m_revealed.contains(DraftField::Name); }

    /// What is there now came from elsewhere: losing it costs nobody anything.
    void markPristine() { m_pristine = m_draft; }
    /// Something that the person entered would be lost.
    bool hasInput() const { return m_draft != m_pristine; }

signals:
    void changed();        ///< draft, region or shown problems
    void rankingChanged(); ///< before `changed`

private:
    void rerank();
    void adoptBest();
    void place(const RankedProduct &ranked);
    void notifyIfChanged(const InstanceDraft &before);

    const Stores &m_stores;
    const Settings &m_settings;
    InstanceDraft m_draft;
    InstanceDraft m_pristine; ///< the draft without what the person did
    QString m_region;
    TemplateId m_templateId;
    QList<RankedProduct> m_ranking;
    QSet<DraftField> m_revealed;
    bool m_picked = false;
};

} // namespace novita
