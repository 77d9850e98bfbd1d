// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/settings/profilestore.h"
#include "ui/uicontext.h"

#include <QWidget>

class QListWidget;
class QPushButton;
class QScrollArea;

namespace novita {

class ProfileForm;

/// The profiles: a list, *Add profile*, *Remove…*, and the form of the one chosen.
class ProfilesSection final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProfilesSection)

public:
    explicit ProfilesSection(UiContext context, QWidget *parent = nullptr);
    void activate();

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void fillList();
    void choose(int row);
    void addProfile();
    void removeProfile();
    void retranslate();

    UiContext m_context;
    QListWidget *m_list;
    QPushButton *m_add;
    QPushButton *m_remove;
    ProfileForm *m_form;
    QScrollArea *m_scroll;
    ProfileId m_chosen;
    bool m_filling = false;
};

} // namespace novita
