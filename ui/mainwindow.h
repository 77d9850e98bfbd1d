// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/uicontext.h"

#include <QMainWindow>

#include <functional>
#include <memory>

namespace novita {

class Page;

/// Rail, page stack, menu bar, status bar, and the router between pages. No feature logic.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MainWindow)

public:
    explicit MainWindow(UiContext context, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// In rail order. Does not include the welcome page, which covers everything while no profile has a key.
    QList<Page *> pages() const;
    Page *currentPage() const;
    /// "settings", or with a target: "settings/network". False when there is no such page.
    bool openPage(const QString &pageId);
    void openInstance(const QString &instanceId);
    void openCreateWizard(const QString &productId = {}, const QString &templateId = {});
    /// A sentence over the page until dismissed: bad settings, read-only disk, no keychain.
    void showNotice(const QString &sentence);

    /// Asked for from the desktop, wherever the window is: hidden, minimised, covered.
    void comeForward();
    /// Is asked when the person closes the window: true when it was hidden instead and the program goes on. Empty: closing ends the program.
    void setCloseHandler(std::function<bool()> handler);
    /// Ends the program, after the questions that closing the window asks.
    void quit();

    void saveSession();
    void restoreSession();

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace novita
