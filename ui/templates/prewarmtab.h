// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/templates/resourcetab.h"

namespace novita {

class ResourceDetails;

/// Images that the cloud pulls ahead of time, so that instances start faster.
class PrewarmTab final : public ResourceTab
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PrewarmTab)

public:
    explicit PrewarmTab(const UiContext &context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("prewarm"); }
    QString title() const override { return tr("Image prewarm"); }
    QSet<DataKind> wanted() const override { return {DataKind::Prewarms, DataKind::Clusters, DataKind::RegistryAuths, DataKind::Products}; }

protected:
    ListWords words() const override;
    void retranslate() override;
    QString subtitleNote() const override;
    void openNew() override;
    void openChange(const QString &id) override;
    ConfirmRequest deleteQuestion(const QString &id) const override;
    QString nameOf(const QString &id) const override;
    void showDetails(const QString &id) override;

private:
    PrewarmTab(const UiContext &context, ResourceDetails *details, QWidget *parent);

    ResourceDetails *m_details;
};

} // namespace novita
