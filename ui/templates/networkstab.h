// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/templates/resourcetab.h"

namespace novita {

class ResourceDetails;

/// Private networks between the instances of a region.
class NetworksTab final : public ResourceTab
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NetworksTab)

public:
    explicit NetworksTab(const UiContext &context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("networks"); }
    QString title() const override { return tr("VPC networks"); }
    QSet<DataKind> wanted() const override { return {DataKind::Networks, DataKind::Clusters}; }

protected:
    ListWords words() const override;
    void retranslate() override;
    void openNew() override;
    void openChange(const QString &id) override;
    ConfirmRequest deleteQuestion(const QString &id) const override;
    QString nameOf(const QString &id) const override;
    void showDetails(const QString &id) override;

private:
    NetworksTab(const UiContext &context, ResourceDetails *details, QWidget *parent);

    ResourceDetails *m_details;
};

} // namespace novita
