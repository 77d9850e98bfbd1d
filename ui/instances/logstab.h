// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instance.h"
#include "core/workflows/logtext.h"
#include "ui/uicontext.h"

#include <QTimer>
#include <QWidget>

#include <array>
#include <memory>
#include <optional>

class QButtonGroup;
class QCheckBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace novita {

class LogFeed;
class LogView;

/// The logs of an instance as they come: the system's or the instance's own. A log is read from the moment it is first looked at
/// until another instance is shown; nothing of it is written to disk unless the user saves it.
class LogsTab final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LogsTab)

public:
    enum Kind { System, Own, KindCount };

    explicit LogsTab(const UiContext &context, QWidget *parent = nullptr);
    ~LogsTab() override;

    /// What is shown; no instance closes everything.
    void setInstance(const std::optional<Instance> &instance);
    void setKind(Kind kind);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QHBoxLayout *buildBar();
    QHBoxLayout *buildFindBar();
    QHBoxLayout *buildFoot();
    void retranslate();
    bool isRunning() const;
    QString address(Kind kind) const;
    LogFeed *feed() const;
    /// Opens the chosen log when it can be seen and is not open yet.
    void follow();
    void showFeed();
    /// Only what can be seen is read on.
    void pauseUnseen();
    void noteGrowth();
    void presentState();
    QString stateText() const;
    void search();
    void countMatches();
    void findNext(bool backward);
    void save();

    UiContext m_context;
    std::optional<Instance> m_instance;
    Kind m_kind = Own;
    std::array<std::unique_ptr<LogFeed>, KindCount> m_feeds;
    LogSearch m_search;
    QTimer m_recount;
    QString m_savedText;

    QButtonGroup *m_kinds;
    QCheckBox *m_follow;
    QCheckBox *m_wrap;
    QLineEdit *m_find;
    QLabel *m_found;
    QToolButton *m_previous;
    QToolButton *m_next;
    LogView *m_view;
    QLabel *m_state;
    QPushButton *m_again;
    QPushButton *m_save;
    QPushButton *m_copy;
    QPushButton *m_clear;
};

} // namespace novita
