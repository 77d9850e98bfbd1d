// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/cloud/types/instance.h"
#include "core/workflows/reachability.h"

#include <QHash>
#include <QWidget>

#include <optional>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace novita {

class CopyField;
class LossPanel;
class Theme;
struct LossPreview;

/// How to get at an instance: SSH, Jupyter, web terminal, ports. Remote text is shown as plain text, opened only when it is a
/// web address, and copied only when it is safe to paste.
class ConnectTab final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConnectTab)

public:
    explicit ConnectTab(const Theme &theme, QWidget *parent = nullptr);
    /// How long a copied password stays on the clipboard.
    void setClipboardSeconds(int seconds);
    /// Shows what is known; nothing is rebuilt while it stays the same.
    /// `loss` is what `lossAction` would destroy.
    void setInstance(const Instance &instance, const LossPreview &loss, InstanceAction lossAction);
    /// What is known of its endpoints, by label.
    void setReachability(const QHash<QString, Reachability> &results, TimePoint now);
    /// How reading the connection data ended; nothing while it is awaited. Only said as long as there is none.
    void setReadOutcome(const std::optional<Result<Done>> &outcome);

signals:
    /// "Open" was pressed beside this address.
    void openRequested(const QString &address);
    /// A terminal with SSH is wanted.
    void terminalRequested();
    /// The endpoint with this label is to be looked at; empty: all of them.
    void checkRequested(const QString &label);
    /// "Try again" was pressed below what could not be read.
    void readRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    /// One secret or address with its label.
    struct Entry
    {
        QLabel *label = nullptr;
        CopyField *field = nullptr;
        QPushButton *open = nullptr;
        QHBoxLayout *head = nullptr;
    };
    Entry makeEntry(bool secret, bool opens);
    void setEntry(Entry &entry, const QString &text);
    void buildLayout();
    void present();
    QString notice(bool reachable, const ConnectionInfo &info) const;
    void presentPorts(bool reachable);
    void addPortRow(const PortMapping &port, bool reachable);
    void presentReachability();
    QString stateOf(const QString &label) const;
    void retranslate();

    const Theme &m_theme;
    std::optional<Instance> m_instance;
    std::optional<Result<Done>> m_readOutcome;
    QVBoxLayout *m_layout;
    QLabel *m_notice;
    QPushButton *m_again;
    Entry m_ssh;
    Entry m_password;
    Entry m_jupyter;
    Entry m_terminal;
    Entry m_terminalPassword;
    QHash<QString, Reachability> m_results;
    TimePoint m_now{};
    QHash<QString, QLabel *> m_portStates; ///< by endpoint label
    QLabel *m_sshState;
    QPushButton *m_checkAll;
    QLabel *m_portsLabel;
    QVBoxLayout *m_portRows = nullptr;
    QWidget *m_ports = nullptr;
    LossPanel *m_loss;
};

} // namespace novita
