// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/images/imageserver.h"
#include "ui/widgets/ruledialog.h"

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace novita {

/// Asks for an image server: an address, or an instance and one of its http ports; a login where it wants one. Can ask the server whether it works, and
/// saves it by itself.
class ServerEditor final : public RuleDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ServerEditor)

public:
    /// `begin` without an id makes a new one.
    ServerEditor(const UiContext &context, const ImageServer &begin, QWidget *parent = nullptr);

    ImageServer server() const;
    /// Unset: as it is.
    std::optional<QString> password() const;

    void reject() override; ///< asks first when something was typed

private:
    void build();
    void fillInstances();
    void fillPorts();
    void applyChoice();
    void test();
    void save();
    QString problem() const;
    bool isOnInstance() const;
    bool isPortReadable() const;

    const UiContext m_context;
    const ImageServer m_begin;
    QLineEdit *m_name;
    QComboBox *m_kind;
    QLineEdit *m_address;
    QLabel *m_verdict;
    QComboBox *m_instance;
    QLabel *m_instanceNote;
    QComboBox *m_port;
    QLineEdit *m_user;
    QLineEdit *m_password;
    QPushButton *m_test;
    QLabel *m_report;
    CallGuard m_testing;
    CallGuard m_saving;
};

} // namespace novita
