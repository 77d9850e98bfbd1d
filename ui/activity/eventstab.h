// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/activity/activitytab.h"

class QPushButton;

namespace novita {

class EventModel;

/// What happened, with its source; *Open instance* leads to what it was about.
class EventsTab final : public ActivityTab
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EventsTab)

public:
    explicit EventsTab(UiContext context, QWidget *parent = nullptr);
    QString pageId() const override { return QStringLiteral("events"); }
    QString title() const override { return tr("Events"); }
    QString countText() const override;
    void retranslate() override;

protected:
    QString detailsOf(int sourceRow) const override;

private:
    void openCurrent();

    EventModel *m_model;
    QPushButton *m_open;
    QPushButton *m_clear;
};

} // namespace novita
