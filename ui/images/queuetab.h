// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gallery/imagejob.h"
#include "ui/uicontext.h"
#include "ui/widgets/countedtabspage.h"

namespace novita {

class QueuePanel;

/// The queue of image jobs as a tab: "queue".
class QueueTab final : public CountedTab
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(QueueTab)

public:
    explicit QueueTab(const UiContext &context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("queue"); }
    QString title() const override { return tr("Queue"); }
    QString countText() const override;
    QList<QAction *> pageActions() const override;
    void focusContent() override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    void retranslate() override;

signals:
    void recipeRequested(const novita::ImageJob &job);
    void sheetRequested(const QString &batch);

private:
    QueuePanel *m_panel;
};

} // namespace novita
