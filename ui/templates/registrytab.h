// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/templates/resourcetab.h"

namespace novita {

class ResourceDetails;

/// User names and passwords of image registries. Passwords are entered, never shown.
class RegistryTab final : public ResourceTab
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RegistryTab)

public:
    explicit RegistryTab(const UiContext &context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("registry"); }
    QString title() const override { return tr("Registry credentials"); }
    QSet<DataKind> wanted() const override { return {DataKind::RegistryAuths, DataKind::Templates}; }

protected:
    ListWords words() const override;
    void retranslate() override;
    void updateActions() override;
    void openNew() override;
    void openChange(const QString &id) override;
    ConfirmRequest deleteQuestion(const QString &id) const override;
    QString nameOf(const QString &id) const override;
    void showDetails(const QString &id) override;

private:
    RegistryTab(const UiContext &context, ResourceDetails *details, QWidget *parent);

    ResourceDetails *m_details;
};

} // namespace novita
