// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "ui/uicontext.h"

#include <QWidget>

class QLabel;

namespace novita {

class ErrorBanner;

/// What stands over every page: the production bar, what the keychain has to say, and single sentences until dismissed.
class NoticeBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NoticeBar)

public:
    explicit NoticeBar(UiContext context, QWidget *parent = nullptr);

    /// Over the page until dismissed; a second sentence is added to the first.
    void showNotice(const QString &sentence);
    void showGoodNews(const QString &sentence);

signals:
    void pageRequested(const QString &pageId);

protected:
    void changeEvent(QEvent *event) override;

private:
    void showProduction();
    void showOrHideBanners();
    void showKeychain();

    UiContext m_context;
    QLabel *m_production;
    QWidget *m_banners;
    ErrorBanner *m_keychain;
    ErrorBanner *m_notice;
    CallGuard m_unlock;
    bool m_keychainDismissed = false;
};

} // namespace novita
