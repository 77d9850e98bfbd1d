// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/activity/activitytab.h"

class QPushButton;

namespace novita {

class RequestModel;
enum class RequestForm;

/// The requests of this run; details hold everything the Activity may show, and the request can be copied as curl.
class RequestsTab final : public ActivityTab
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RequestsTab)

public:
    explicit RequestsTab(UiContext context, QWidget *parent = nullptr);
    QString pageId() const override { return QStringLiteral("requests"); }
    QString title() const override { return tr("Requests"); }
    QString countText() const override;
    void retranslate() override;

protected:
    QString detailsOf(int sourceRow) const override;

private:
    void copyAs(RequestForm form);

    RequestModel *m_model;
    QPushButton *m_copyCurl;
    QPushButton *m_copyPython;
    QPushButton *m_copyDetails;
    QPushButton *m_clear;
};

} // namespace novita
