// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/page.h"
#include "ui/uicontext.h"

class QListWidget;
class QStackedWidget;

namespace novita {

class ErrorBanner;
class PageHeader;
class ProfilesSection;
class SettingsSection;

/// Every setting of the program, taken at once or with *Apply*; sections at the left.
class SettingsPage final : public Page
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SettingsPage)

public:
    explicit SettingsPage(UiContext context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("settings"); }
    QString title() const override;
    QString iconName() const override { return QStringLiteral("configure"); }
    void activate() override;
    /// A section id of settingsSections().
    void openTarget(const QString &target) override;
    void focusContent() override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void buildSections();
    SettingsSection *addSection();
    void showProblems();
    void retranslate();
    void keepMark();
    void fitList();

    UiContext m_context;
    PageHeader *m_header;
    ErrorBanner *m_banner;
    QListWidget *m_list;
    QStackedWidget *m_stack;
    QList<SettingsSection *> m_sections; ///< in page order, without the profiles
    ProfilesSection *m_profiles = nullptr;
};

} // namespace novita
