// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace novita {

class SettingEditor;
class Theme;

/// A column of settings with *Reset this section* at its end.
class SettingsSection final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SettingsSection)

public:
    explicit SettingsSection(const Theme &theme, QWidget *parent = nullptr);

    void add(SettingEditor *editor);
    /// Something else between the settings; it sees to its own words.
    void addWidget(QWidget *widget);
    /// A sentence above the settings.
    void setLead(const QString &text);
    void setTitle(const QString &title);
    void resetAll();
    void retranslate();

private:
    QVBoxLayout *m_layout;
    QLabel *m_lead;
    QString m_title;
    QPushButton *m_reset;
    QList<SettingEditor *> m_editors;
};

} // namespace novita
