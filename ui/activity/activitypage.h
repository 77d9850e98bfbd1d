// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/uicontext.h"
#include "ui/widgets/countedtabspage.h"

namespace novita {

class ActivityStore;

/// Requests, events and the log of this run, and the operations that are under way: "requests", "events", "operations", "log".
class ActivityPage final : public CountedTabsPage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ActivityPage)

public:
    explicit ActivityPage(const UiContext &context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("activity"); }
    QString title() const override { return tr("Activity"); }
    QString iconName() const override { return QStringLiteral("view-history"); }
    QSet<DataKind> wanted() const override { return {DataKind::Jobs}; }
    bool isFilled() const override;

private:
    const ActivityStore &m_activity;
};

} // namespace novita
