// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/templates/resourcetab.h"

namespace novita {

class ResourceDetails;

/// Volumes that outlive instances. They can grow; deleting one destroys what is on it.
class StoragesTab final : public ResourceTab
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StoragesTab)

public:
    explicit StoragesTab(const UiContext &context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("volumes"); }
    QString title() const override { return tr("Network volumes"); }
    QSet<DataKind> wanted() const override { return {DataKind::Storages, DataKind::Clusters}; }

protected:
    ListWords words() const override;
    void retranslate() override;
    void openNew() override;
    void openChange(const QString &id) override;
    ConfirmRequest deleteQuestion(const QString &id) const override;
    QString nameOf(const QString &id) const override;
    void showDetails(const QString &id) override;

private:
    StoragesTab(const UiContext &context, ResourceDetails *details, QWidget *parent);

    ResourceDetails *m_details;
};

} // namespace novita
