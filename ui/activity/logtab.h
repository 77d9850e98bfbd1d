// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/activity/activitytab.h"

class QCheckBox;
class QComboBox;
class QLabel;

namespace novita {

class LogModel;

/// The program's log: by level and text, following the newest line while *Follow* is on.
class LogTab final : public ActivityTab
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LogTab)

public:
    explicit LogTab(UiContext context, QWidget *parent = nullptr);
    QString pageId() const override { return QStringLiteral("log"); }
    QString title() const override { return tr("Log"); }
    QString countText() const override;
    void retranslate() override;

protected:
    QString detailsOf(int sourceRow) const override;

private:
    LogModel *m_model;
    QLabel *m_levelLabel;
    QComboBox *m_level;
    QCheckBox *m_follow;
};

} // namespace novita
