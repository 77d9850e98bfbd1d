// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/browsepage.h"

class QTabBar;

namespace novita {

class TemplateDetails;
class TemplateTableModel;

/// Ready-made images with their ports, variables and commands, by channel.
class TemplatesPage final : public BrowsePage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TemplatesPage)

public:
    explicit TemplatesPage(const UiContext &context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("templates"); }
    QString title() const override { return tr("Templates"); }
    QString iconName() const override { return QStringLiteral("template"); }
    QSet<DataKind> wanted() const override { return {DataKind::Templates}; }
    QList<QAction *> pageActions() const override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;

protected:
    ListWords words() const override;
    void retranslate() override;
    int total() const override;

private:
    TemplatesPage(const UiContext &context, TemplateTableModel *model, TemplateDetails *details, QWidget *parent);
    void buildChannels();
    void connectSignals();
    void applyChannel();
    void countChannels();

    TemplateDetails *m_details;
    QAction *m_create;
    QTabBar *m_channels;
};

} // namespace novita
