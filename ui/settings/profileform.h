// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/settings/profilestore.h"
#include "ui/uicontext.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace novita {

class ProfileKeyBox;

/// One profile: name, API root, colour, production and read-only flags with *Save*; *Use this profile*; its key below.
class ProfileForm final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProfileForm)

public:
    explicit ProfileForm(UiContext context, QWidget *parent = nullptr);

    /// The same profile again keeps what was typed and not saved.
    void load(const Profile &profile);
    void loadNew();
    bool isNew() const { return m_profile.id.isEmpty() && m_newAsked; }
    void focusFirst();

signals:
    void saved(const novita::ProfileId &id);

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void addField(QVBoxLayout *layout, QLabel *label, QWidget *field);
    void showProfile();
    void save();
    bool store(const Profile &profile);
    Profile edited() const;
    void showState();
    void showProblem(const QString &sentence, QWidget *field);
    void retranslate();

    UiContext m_context;
    Profile m_profile;
    bool m_newAsked = false;
    QLabel *m_title;
    QLabel *m_nameLabel;
    QLineEdit *m_name;
    QLabel *m_rootLabel;
    QLineEdit *m_root;
    QLabel *m_colorLabel;
    QComboBox *m_color;
    QCheckBox *m_production;
    QCheckBox *m_readOnly;
    QLabel *m_problem;
    QPushButton *m_save;
    QPushButton *m_use;
    ProfileKeyBox *m_key;
};

} // namespace novita
