// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/cloud/types/instancestate.h"
#include "ui/uicontext.h"

#include <QWidget>

class QLabel;
class QTimer;

namespace novita {

class ErrorBanner;

/// What stands over every page: the production bar, that the key was rejected (*Try again*), what the keychain has to say, single sentences until dismissed, and the
/// latest news.
class NoticeBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NoticeBar)

public:
    explicit NoticeBar(UiContext context, QWidget *parent = nullptr);

    static constexpr Milliseconds kGoodNewsStay{8000};

    /// Over the page until dismissed; a second sentence is added to the first, one that stands there is not said twice.
    void showNotice(const QString &sentence);
    /// In place of earlier news; an empty sentence takes them away. Good ones go by themselves after `kGoodNewsStay`. Warnings
    /// and bad news end the earlier ones and become notices, which no later news takes away. With `actionLabel` there is a
    /// button that asks for the page `target`; a notice has none.
    void showNews(StateTone tone, const QString &sentence, const QString &actionLabel = {}, const QString &target = {});

signals:
    void pageRequested(const QString &pageId);

protected:
    void changeEvent(QEvent *event) override;

private:
    void showProduction();
    void showOrHideBanners();
    void showKeychain();
    void showRejection();

    UiContext m_context;
    QLabel *m_production;
    QWidget *m_banners;
    ErrorBanner *m_rejection;
    ErrorBanner *m_keychain;
    ErrorBanner *m_notice;
    ErrorBanner *m_news;
    QTimer *m_newsEnd;
    QString m_newsTarget;
    CallGuard m_unlock;
    bool m_keychainDismissed = false;
};

} // namespace novita
