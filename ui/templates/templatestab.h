// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/templates/resourcetab.h"

class QTabBar;

namespace novita {

class ActionButton;
class TemplateDetails;
class TemplateTableModel;

/// Ready-made images with their ports, variables and commands, by channel.
class TemplatesTab final : public ResourceTab
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TemplatesTab)

public:
    explicit TemplatesTab(const UiContext &context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("templates"); }
    QString title() const override { return tr("Templates"); }
    QSet<DataKind> wanted() const override { return {DataKind::Templates, DataKind::RegistryAuths}; }
    QList<QAction *> pageActions() const override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;

protected:
    ListWords words() const override;
    void retranslate() override;
    int total() const override;
    void updateActions() override;
    void openNew() override;
    void openChange(const QString &id) override;
    ConfirmRequest deleteQuestion(const QString &id) const override;
    QString nameOf(const QString &id) const override;
    void showDetails(const QString &id) override;

private:
    TemplatesTab(const UiContext &context, TemplateTableModel *model, TemplateDetails *details, QWidget *parent);
    void buildChannels();
    void connectSignals();
    void applyChannel();
    void openCopy();
    void showChannel(const QString &channel);
    void countChannels();

    TemplateDetails *m_details;
    QAction *m_create;
    QAction *m_copy;
    ActionButton *m_more = nullptr;
    QTabBar *m_channels;
};

} // namespace novita
