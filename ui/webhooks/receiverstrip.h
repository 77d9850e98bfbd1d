// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/uicontext.h"

#include <QFrame>
#include <QTimer>

class QAction;
class QCheckBox;
class QLabel;

namespace novita {

class ActionButton;
class CopyField;
class StateChip;
struct WebhookStatus;

/// How the webhook receiver is doing, in two lines: state, address, the last delivery; a test, the settings, and the switch.
class ReceiverStrip final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ReceiverStrip)

public:
    explicit ReceiverStrip(const UiContext &context, QWidget *parent = nullptr);

    /// "Send a test delivery", with the reason in its tooltip where it cannot be.
    QAction *testAction() const { return m_test; }
    QAction *settingsAction() const { return m_settings; }
    void switchOn(bool on);
    void retranslate();

signals:
    void settingsRequested();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void buildLayout();
    void present();
    void presentLast();
    void presentTest();
    QString sentence(const WebhookStatus &status) const;

    UiContext m_context;
    StateChip *m_chip;
    QLabel *m_sentence;
    QLabel *m_last;
    CopyField *m_url;
    QAction *m_test;
    QAction *m_settings;
    QCheckBox *m_switch;
    QTimer m_tick; ///< ages; runs while it can be seen
};

} // namespace novita
