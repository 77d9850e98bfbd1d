// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instancedraft.h"

#include <QList>
#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace novita {

/// Ports to expose: number and http/tcp each, *Add port*, *Remove*. What is allowed is InstanceDraft's business; this keeps
/// to 1-65535 and the most rows the API takes.
class PortListEditor final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PortListEditor)

public:
    static constexpr int kMaxRows = 15;

    explicit PortListEditor(QWidget *parent = nullptr);
    QList<DraftPort> ports() const;
    void setPorts(const QList<DraftPort> &ports);

signals:
    void portsChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Row
    {
        QWidget *box;
        QSpinBox *port;
        QLabel *typeLabel;
        QComboBox *type;
        QPushButton *remove;
    };
    void addRow(const DraftPort &port);
    void removeRow(const QWidget *box);
    void retranslate();
    int freePort() const;

    QList<Row> m_rows;
    QVBoxLayout *m_list;
    QPushButton *m_add;
};

} // namespace novita
