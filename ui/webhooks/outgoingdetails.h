// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/webhooks/outgoingmessage.h"
#include "ui/uicontext.h"

#include <QFrame>

class QAction;
class QLabel;
class QPushButton;
class QStandardItemModel;
class QTabWidget;

namespace novita {

class BodyView;
class DetailsHead;
class ErrorBanner;
class TableView;

/// One outgoing webhook: what became of it, every attempt, the exact body, and the headers that went with it but for the signatures.
class OutgoingDetails final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OutgoingDetails)

public:
    /// `resend` is the tab's; the details show it as a button, beside their own.
    OutgoingDetails(const UiContext &context, QAction *resend, QWidget *parent = nullptr);

    /// What the table knows; the rest is being read.
    void showSummary(const OutgoingMessage &message);
    void showWhole(const Result<novita::OutgoingRecord> &record);
    /// `message` and all that belongs to it is what they show: nothing has to be read.
    bool shows(const OutgoingMessage &message) const;
    void clear();
    void report(const std::optional<Error> &error);
    void retranslate();
    QAction *saveAction() const { return m_save; }

signals:
    void closeRequested();
    void openInstanceRequested(const QString &instanceId);

private:
    void buildLayout(QAction *resend);
    void present();
    void presentBody();
    void presentAttempts();
    void presentHeaders();
    void saveBody();

    const UiContext m_context;
    OutgoingRecord m_record;
    bool m_whole = false;  ///< body and attempts have been read
    bool m_latest = false; ///< since the message was as it is
    std::optional<Error> m_failure;
    QAction *m_save;
    DetailsHead *m_head;
    QLabel *m_sentence;
    QPushButton *m_instance;
    ErrorBanner *m_banner;
    QTabWidget *m_tabs;
    QStandardItemModel *m_attemptModel;
    TableView *m_attempts;
    BodyView *m_body;
    QStandardItemModel *m_headerModel;
    TableView *m_headers;
};

} // namespace novita
